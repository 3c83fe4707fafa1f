using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrueUp.Pipelines;
using TrueUp.Server.Settings;
using TrueUp.Server.Settings.Watching;

namespace TrueUp.Server.Pipelines;

/// <summary>Adds the pipelines to a server.</summary>
internal static class PipelinesSetup
{
    /// <summary>
    /// Keeps a catalog of the files in <see cref="ServerOptions.Pipelines"/>, which is created if missing.
    /// </summary>
    /// <exception cref="InvalidSettingsException">The folder cannot be created.</exception>
    public static IServiceCollection AddPipelines(this IServiceCollection services, ServerOptions options)
    {
        var folder = Path.GetFullPath(options.Pipelines ?? Path.Combine(options.Home, "pipelines"));
        Create(folder, options.SettingsFile);
        return services
            .AddSingleton<PipelineCatalog>()
            .AddSingleton<PipelineHistory>()
            .AddSingleton<PipelineEditor>()
            .AddSingleton(provider => new PipelineFolder(
                folder,
                provider.GetRequiredService<PipelineCatalog>(),
                provider.GetRequiredService<PipelineHistory>(),
                options.Connectors,
                options.EnvironmentVariable,
                options.Clock,
                provider.GetRequiredService<ILogger<PipelineFolder>>()
            ))
            .AddSingleton<IReloadable>(provider => provider.GetRequiredService<PipelineFolder>());
    }

    private static void Create(string folder, string settings)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var finding = new Finding(
                "folder_unusable",
                $"The folder {folder} cannot be created: {error.Message}",
                "Name another with `pipelines:`, or allow writing to the one around it."
            )
            {
                File = settings,
                Path = "pipelines",
            };
            throw new InvalidSettingsException(settings, [finding]);
        }
    }
}

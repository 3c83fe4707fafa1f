using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrueUp.Server.Settings.Reading;
using TrueUp.Server.Settings.Watching;
using TrueUp.Store;

namespace TrueUp.Server.Settings;

/// <summary>Adds the settings to a server.</summary>
internal static class SettingsSetup
{
    /// <summary>Reads the settings file, and keeps what it says in force.</summary>
    /// <returns>What a start takes.</returns>
    /// <exception cref="InvalidSettingsException">The file cannot be used.</exception>
    public static StartSettings AddSettings(this IServiceCollection services, ServerOptions options)
    {
        var file = Path.GetFullPath(options.SettingsFile);
        var parser = new SettingsParser(options.EnvironmentVariable);
        var (text, problem) = SettingsText.Load(file);
        if (text is null)
        {
            throw new InvalidSettingsException(file, [problem!]);
        }
        var reading = parser.Read(text);
        if (reading.Document is not { } document)
        {
            throw new InvalidSettingsException(file, reading.Findings);
        }
        services.AddSingleton(_ => new SettingsBoard(document.Settings));
        services.AddSingleton(provider => new Configuration(
            text,
            parser,
            provider.GetRequiredService<SettingsBoard>(),
            provider.GetRequiredService<TrueUpHome>(),
            provider.GetRequiredService<ILogger<Configuration>>()
        ));
        services.AddSingleton<IReloadable>(provider => new SettingsWatch(
            provider.GetRequiredService<Configuration>(),
            file,
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddHostedService<Reloader>();
        return document.Start;
    }
}

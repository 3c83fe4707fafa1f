using System.Reflection;

namespace TrueUp.Cli;

/// <summary>Which TrueUp this is.</summary>
internal static class ProductVersion
{
    /// <summary>The version, without the build's metadata.</summary>
    public static string Text { get; } =
        typeof(ProductVersion)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}

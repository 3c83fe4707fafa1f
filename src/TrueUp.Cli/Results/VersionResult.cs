namespace TrueUp.Cli.Results;

/// <summary>What this is.</summary>
internal sealed record VersionResult(string Version, string Runtime, string System);

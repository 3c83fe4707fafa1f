namespace TrueUp.Server.Api.Config;

/// <summary>All settings.</summary>
internal sealed record ConfigListBody(
    long Version,
    bool RestartNeeded,
    IReadOnlyList<ConfigValueBody> Values,
    IReadOnlyList<FindingBody> Findings
);

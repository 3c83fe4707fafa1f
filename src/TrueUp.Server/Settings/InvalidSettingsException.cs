using TrueUp.Pipelines;

namespace TrueUp.Server.Settings;

/// <summary>The settings file cannot be used, and there is no earlier one that could.</summary>
public sealed class InvalidSettingsException : Exception
{
    /// <summary>What to tell machines.</summary>
    public const string Code = "invalid_settings";

    internal InvalidSettingsException(string file, IReadOnlyList<Finding> findings)
        : base($"{Path.GetFileName(file)} has {(findings.Count == 1 ? "a mistake" : $"{findings.Count} mistakes")}.") =>
        Findings = findings;

    /// <summary>Everything that is wrong with it.</summary>
    public IReadOnlyList<Finding> Findings { get; }
}

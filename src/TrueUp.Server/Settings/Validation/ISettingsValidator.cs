using TrueUp.Pipelines;

namespace TrueUp.Server.Settings.Validation;

/// <summary>
/// Checks one concern of the settings. What may change while a server runs is checked value by value, so that two
/// changes of two people can never be wrong only together.
/// </summary>
internal interface ISettingsValidator
{
    /// <summary>What is wrong; each finding has the path of the key.</summary>
    IEnumerable<Finding> Check(SettingsDocument document);
}

namespace TrueUp.Server.Settings;

/// <summary>Where a value in force comes from.</summary>
internal enum ValueOrigin
{
    /// <summary>Nobody set it.</summary>
    Default,

    /// <summary><c>trueup.yaml</c>.</summary>
    File,

    /// <summary>The control database.</summary>
    Override,
}

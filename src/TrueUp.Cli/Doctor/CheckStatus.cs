namespace TrueUp.Cli.Doctor;

/// <summary>How a check came out.</summary>
internal static class CheckStatus
{
    /// <summary>As it should be.</summary>
    public const string Ok = "ok";

    /// <summary>A run can live with it.</summary>
    public const string Warning = "warning";

    /// <summary>A run would not go through.</summary>
    public const string Failed = "failed";
}

using TrueUp.Store.Access;

namespace TrueUp.Server.Security;

/// <summary>
/// What somebody may do. Each role may do what those before it may; the names are also those of the authorization
/// policies.
/// </summary>
internal static class Roles
{
    /// <summary>Sees monitoring, runs and summaries of errors, redacted.</summary>
    public const string Viewer = "viewer";

    /// <summary>Sees record logs and dead letters too, and triggers, pauses, resolves.</summary>
    public const string Operator = "operator";

    /// <summary>Sees the audit trail too, and changes configuration, keys and users.</summary>
    public const string Admin = "admin";

    /// <summary>All, the least first.</summary>
    public static readonly string[] All = [Viewer, Operator, Admin];

    /// <summary>The name of a role.</summary>
    public static string Of(AccessRole role) => All[(int)role];
}

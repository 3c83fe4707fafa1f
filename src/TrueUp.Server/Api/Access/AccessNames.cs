using System.Text.RegularExpressions;
using TrueUp.Server.Security;
using TrueUp.Store.Access;

namespace TrueUp.Server.Api.Access;

/// <summary>
/// How keys, users and roles may be called. Names stand in the trail as they are: e-mail addresses are none.
/// </summary>
internal static partial class AccessNames
{
    /// <summary>What a name has to be.</summary>
    public const string Rule =
        "A name has 1 to 64 characters: lower case letters, digits, '.', '_' and '-', with a letter or digit first.";

    /// <summary>What a role has to be.</summary>
    public const string RoleRule = "A role is viewer, operator or admin.";

    /// <summary>Whether a name may be used.</summary>
    public static bool IsValid(string? name) => name is not null && Form().IsMatch(name);

    /// <summary>The role of that name, or null.</summary>
    public static AccessRole? RoleOf(string? name) =>
        Array.IndexOf(Roles.All, name) is >= 0 and var index ? (AccessRole)index : null;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}

using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.Access;

/// <summary>
/// What is to be different about a user; what is missing stays. No record, whose text would show the password in a log.
/// </summary>
internal sealed class UserChangeBody : IRequestBody
{
    /// <summary>viewer, operator or admin.</summary>
    public string? Role { get; init; }

    /// <summary>Their new password, at least 12 characters.</summary>
    public string? Password { get; init; }

    /// <summary>Whether they may not log in.</summary>
    public bool? Disabled { get; init; }
}

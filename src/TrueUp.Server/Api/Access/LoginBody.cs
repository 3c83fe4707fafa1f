using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.Access;

/// <summary>Somebody who wants to log in. No record, whose text would show the password in a log.</summary>
internal sealed class LoginBody : IRequestBody
{
    /// <summary>The user's name.</summary>
    public string? Name { get; init; }

    /// <summary>Their password.</summary>
    public string? Password { get; init; }
}

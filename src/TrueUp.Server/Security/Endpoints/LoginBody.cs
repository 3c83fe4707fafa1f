namespace TrueUp.Server.Security.Endpoints;

/// <summary>Somebody who wants to log in. No record, whose text would show the password in a log.</summary>
internal sealed class LoginBody
{
    /// <summary>The user's name.</summary>
    public string? Name { get; init; }

    /// <summary>Their password.</summary>
    public string? Password { get; init; }
}

using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.Access;

/// <summary>A user to be added. No record, whose text would show the password in a log.</summary>
internal sealed class NewUserBody : IRequestBody
{
    /// <summary>Their name.</summary>
    public string? Name { get; init; }

    /// <summary>viewer, operator or admin.</summary>
    public string? Role { get; init; }

    /// <summary>Their password, at least 12 characters.</summary>
    public string? Password { get; init; }
}

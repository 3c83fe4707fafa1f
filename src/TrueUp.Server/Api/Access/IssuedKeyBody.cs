namespace TrueUp.Server.Api.Access;

/// <summary>A key that was just made. No record, whose text would show it in a log.</summary>
internal sealed class IssuedKeyBody(string key, KeyBody details)
{
    /// <summary>What its holder sends; shown only this once.</summary>
    public string Key { get; } = key;

    /// <summary>What is kept of it.</summary>
    public KeyBody Details { get; } = details;
}

namespace TrueUp.Store.Access;

/// <summary>
/// A key that was just made: the only moment its text is known. No record, whose text would show it in a log.
/// </summary>
public sealed class IssuedKey
{
    internal IssuedKey(ApiKey key, string text)
    {
        Key = key;
        Text = text;
    }

    /// <summary>The key as it is kept.</summary>
    public ApiKey Key { get; }

    /// <summary>What its holder sends: <c>Authorization: Bearer TEXT</c>. Shown once, kept nowhere.</summary>
    public string Text { get; }
}

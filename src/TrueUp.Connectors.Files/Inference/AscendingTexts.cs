namespace TrueUp.Connectors.Files.Inference;

/// <summary>
/// Whether each text of a column comes after the one before it: a longer one after a shorter one, and byte by byte
/// among texts of one length. Numbers without leading zeros ascend like that, and so do identifiers of one length. As
/// long as they do, no two are equal, which takes no memory to know.
/// </summary>
internal sealed class AscendingTexts
{
    // Longer texts are hardly keys, and would be copied for nothing.
    private const int LengthMax = 64;

    private readonly byte[] _last = new byte[LengthMax];
    private int _length;

    /// <summary>False once a text did not come after the one before it, or <see cref="Break"/> was called.</summary>
    public bool Holds { get; private set; } = true;

    /// <summary>Takes the next text into account; an empty one ends it.</summary>
    public void See(ReadOnlySpan<byte> text)
    {
        Holds =
            text.Length <= LengthMax
            && (
                text.Length > _length
                || (text.Length == _length && text.SequenceCompareTo(_last.AsSpan(0, _length)) > 0)
            );
        if (Holds)
        {
            text.CopyTo(_last);
            _length = text.Length;
        }
    }

    /// <summary>Notes that there is something that cannot be compared.</summary>
    public void Break() => Holds = false;
}

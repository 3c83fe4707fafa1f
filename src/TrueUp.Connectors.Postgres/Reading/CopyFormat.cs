namespace TrueUp.Connectors.Postgres.Reading;

/// <summary>What stands before and behind the tuples of a binary COPY stream.</summary>
internal static class CopyFormat
{
    /// <summary>Signature, no flags, no extension.</summary>
    public static readonly byte[] Header = [.. Signature, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>The end.</summary>
    public static readonly byte[] Trailer = [0xFF, 0xFF];

    /// <summary>The first bytes: <c>PGCOPY\n\377\r\n\0</c>.</summary>
    public static ReadOnlySpan<byte> Signature => [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00];
}

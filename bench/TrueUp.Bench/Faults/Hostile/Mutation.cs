using System.Text;

namespace TrueUp.Bench.Faults.Hostile;

/// <summary>Damages bytes as disks, editors, transfers and malice do.</summary>
internal static class Mutation
{
    private static readonly byte[][] Pieces =
    [
        [0],
        [0xFF],
        [0xC3, 0x28],
        [0xED, 0xA0, 0x80],
        [0xF8, 0x88, 0x80, 0x80, 0x80],
        [0xEF, 0xBB, 0xBF],
        [0xFF, 0xFE],
        [0xFE, 0xFF],
        [0x1A],
        [0x0D],
        "\r\n"u8.ToArray(),
        "\u0085\u2028"u8.ToArray(),
        "\"\"\""u8.ToArray(),
        "-9223372036854775809"u8.ToArray(),
        "1e999999999"u8.ToArray(),
        "99999999999999999999999999999999999999"u8.ToArray(),
        "NaN"u8.ToArray(),
        "0001-01-01T24:61:61+99:99"u8.ToArray(),
    ];

    /// <summary>A few damages, one after the other.</summary>
    public static byte[] Of(byte[] original, Random random, params IReadOnlyList<string> words)
    {
        var content = original;
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            content = Once(content, random, words);
        }
        return content;
    }

    /// <summary>The text in another encoding, or with a wrong mark of one.</summary>
    public static byte[] Encoded(string text, Random random) =>
        random.Next(12) switch
        {
            0 => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)],
            1 => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(text)],
            2 => Encoding.Unicode.GetBytes(text),
            3 => Encoding.Latin1.GetBytes(text),
            4 => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)],
            5 => [.. Encoding.Unicode.GetPreamble(), .. Encoding.UTF8.GetBytes(text)],
            6 => Encoding.UTF32.GetBytes(text),
            _ => Encoding.UTF8.GetBytes(text),
        };

    private static byte[] Once(byte[] content, Random random, IReadOnlyList<string> words)
    {
        if (content.Length == 0)
        {
            return Piece(random, words);
        }
        var at = random.Next(content.Length);
        var until = Math.Min(content.Length, at + random.Next(1, 1 << random.Next(1, 8)));
        switch (random.Next(9))
        {
            case 0:
                return content[..at];
            case 1:
                return content[at..];
            case 2:
                return [.. content[..at], .. content[until..]];
            case 3:
                return [.. content[..at], .. content[at..until], .. content[at..until], .. content[until..]];
            case 4:
                return [.. content[..until], .. Repeated(content[at..until], random), .. content[until..]];
            case 5:
                var flipped = (byte[])content.Clone();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 6:
                var other = random.Next(content.Length);
                return
                [
                    .. content[..at],
                    .. content[other..Math.Min(content.Length, other + until - at)],
                    .. content[at..],
                ];
            default:
                return [.. content[..at], .. Piece(random, words), .. content[random.Next(at, until)..]];
        }
    }

    private static byte[] Piece(Random random, IReadOnlyList<string> words)
    {
        var choice = random.Next(Pieces.Length + (words.Count * 2));
        return choice < Pieces.Length
            ? Pieces[choice]
            : Encoding.UTF8.GetBytes(words[(choice - Pieces.Length) % words.Count]);
    }

    private static byte[] Repeated(byte[] piece, Random random)
    {
        // Seldom very often: enough to find what grows without limit, not so much that nothing else is tried.
        var times = Math.Min(1 << random.Next(1, random.Next(20) == 0 ? 15 : 7), (1 << 20) / piece.Length);
        return [.. Enumerable.Repeat(piece, times).SelectMany(p => p)];
    }
}

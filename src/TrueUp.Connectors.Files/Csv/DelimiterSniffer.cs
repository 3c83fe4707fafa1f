namespace TrueUp.Connectors.Files.Csv;

/// <summary>Guesses the delimiter of a file from its beginning.</summary>
internal static class DelimiterSniffer
{
    private const int RecordsMax = 50,
        BytesMax = 1 << 16;

    // In order of preference where the sample does not decide.
    private static ReadOnlySpan<byte> Candidates => ",;\t|"u8;

    /// <summary>The candidate that divides the most records into as many fields as the first one; more fields win a
    /// tie.</summary>
    public static byte Detect(ReadOnlySpan<byte> sample, byte? quote)
    {
        sample = sample[..Math.Min(sample.Length, BytesMax)];
        var best = (Agreeing: 0, Fields: 1, Delimiter: (byte)',');
        foreach (var candidate in Candidates)
        {
            var (agreeing, fields) = Measure(sample, candidate, quote);
            if (fields > 1 && (agreeing > best.Agreeing || (agreeing == best.Agreeing && fields > best.Fields)))
            {
                best = (agreeing, fields, candidate);
            }
        }
        return best.Delimiter;
    }

    private static (int Agreeing, int Fields) Measure(ReadOnlySpan<byte> sample, byte delimiter, byte? quote)
    {
        int agreeing = 0,
            first = 0,
            fields = 1,
            records = 0,
            length = 0;
        var quoted = false;
        for (var i = 0; i <= sample.Length && records < RecordsMax; i++)
        {
            var value = i < sample.Length ? sample[i] : (byte)'\n';
            if (value == quote)
            {
                quoted = !quoted;
            }
            else if (!quoted && value == delimiter)
            {
                fields++;
            }
            else if (!quoted && value is ((byte)'\n' or (byte)'\r'))
            {
                if (length > 0)
                {
                    first = records++ == 0 ? fields : first;
                    agreeing += fields == first ? 1 : 0;
                }
                fields = 1;
                length = -1;
            }
            length++;
        }
        return (agreeing, first);
    }
}

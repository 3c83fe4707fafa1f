using TrueUp.Connectors.Files.Content;
using TrueUp.Connectors.Files.Conversion;

namespace TrueUp.Connectors.Files.Csv;

/// <summary>How a certain file is to be read: the options with everything that was detected filled in.</summary>
/// <param name="Dialect">Delimiter and quote.</param>
/// <param name="Encoding">As declared; a byte order mark outweighs it.</param>
/// <param name="SkipRows">Lines to leave out at the beginning.</param>
/// <param name="HasHeader">Whether a record with names comes before the data.</param>
/// <param name="Nulls">What means null.</param>
internal sealed record CsvLayout(
    CsvDialect Dialect,
    TextEncoding Encoding,
    int SkipRows,
    bool HasHeader,
    NullRule Nulls
)
{
    /// <summary>Brings a reader of the same file to the first data record.</summary>
    public async ValueTask BeginAsync(CsvReader reader, CancellationToken cancellationToken)
    {
        await reader.FillAsync(cancellationToken);
        await reader.SkipLinesAsync(SkipRows, cancellationToken);
        reader.Use(Dialect);
        if (HasHeader)
        {
            await ReadOneAsync(reader, cancellationToken);
        }
    }

    /// <summary>Reads one record.</summary>
    /// <returns>False when there is none.</returns>
    public static async ValueTask<bool> ReadOneAsync(CsvReader reader, CancellationToken cancellationToken)
    {
        while (!reader.TryRead())
        {
            if (!await reader.FillAsync(cancellationToken))
            {
                return false;
            }
        }
        return true;
    }
}

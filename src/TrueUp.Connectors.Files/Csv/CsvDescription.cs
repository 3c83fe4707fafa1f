using TrueUp.Connectors.Files.Content;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Csv;

/// <summary>What one reading of a whole file found out about it.</summary>
/// <param name="Schema">Its columns and what is odd about it.</param>
/// <param name="Layout">How to read it.</param>
/// <param name="Content">What it holds.</param>
/// <param name="Identity">Which file it was.</param>
/// <param name="Records">Its data records, unreadable ones included.</param>
internal sealed record CsvDescription(
    SideSchema Schema,
    CsvLayout Layout,
    Fingerprint Content,
    FileIdentity Identity,
    long Records
)
{
    /// <summary>By column, whether every readable record has a text in it that comes after the one before.</summary>
    public required IReadOnlyList<bool> IsAscending { get; init; }

    /// <summary>The names of its columns.</summary>
    public IReadOnlyList<string> Names { get; } = [.. Schema.Columns.Select(c => c.Name)];
}

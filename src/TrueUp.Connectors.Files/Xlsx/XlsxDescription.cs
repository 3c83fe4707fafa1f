using TrueUp.Connectors.Files.Content;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>What one reading of a workbook found out, with the sheet's records at hand.</summary>
/// <param name="Schema">The sheet's columns and what is odd about them.</param>
/// <param name="Content">What the workbook holds.</param>
/// <param name="Identity">Which file it was.</param>
/// <param name="Spool">The sheet's records.</param>
internal sealed record XlsxDescription(SideSchema Schema, Fingerprint Content, FileIdentity Identity, SheetSpool Spool)
    : IDisposable
{
    /// <summary>The names of its columns.</summary>
    public IReadOnlyList<string> Names { get; } = [.. Schema.Columns.Select(c => c.Name)];

    public void Dispose() => Spool.Dispose();
}

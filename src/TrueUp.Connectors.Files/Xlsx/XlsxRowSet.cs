using System.Runtime.CompilerServices;
using TrueUp.Connectors.Files.Content;
using TrueUp.Connectors.Files.Conversion;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>The rows of a described sheet, read from its spool; the position is the workbook's.</summary>
internal sealed class XlsxRowSet(RowPlan plan, SourceFile file, XlsxDescription description) : ScannedRowSet(plan)
{
    /// <summary>A cell that is empty is null; an empty text is a text.</summary>
    public static readonly NullRule Nulls = new(named: null);

    public override SidePosition Position => description.Content.Position;

    public override ValueTask CheckUnchangedAsync(CancellationToken cancellationToken) =>
        file.CheckUnchangedAsync(description.Content, cancellationToken);

    public override ValueTask DisposeAsync()
    {
        file.Dispose();
        return base.DisposeAsync();
    }

    protected override async IAsyncEnumerable<RowBatch> ScanAsync(
        IRejectSink? rejects,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var reader = description.Spool.Read();
        using var builder = new RowBatchBuilder(Plan.Schema);
        var converter = new RecordConverter(Plan, description.Names, Nulls);
        do
        {
            while (reader.TryRead())
            {
                if (converter.TryConvert(reader.Record, builder, rejects) && builder.IsFull)
                {
                    yield return builder.Build();
                }
            }
        } while (await reader.FillAsync(cancellationToken));
        if (builder.Count > 0)
        {
            yield return builder.Build();
        }
    }
}

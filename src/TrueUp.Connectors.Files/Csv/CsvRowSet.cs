using System.Runtime.CompilerServices;
using TrueUp.Connectors.Files.Content;
using TrueUp.Connectors.Files.Conversion;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Csv;

/// <summary>The rows of a described file. Every complete reading makes sure that it read the bytes that were
/// described.</summary>
internal sealed class CsvRowSet(RowPlan plan, SourceFile file, CsvDescription description) : ScannedRowSet(plan)
{
    public override SidePosition Position => description.Content.Position;

    // Different texts are different values where they are carried as they are, and where they are plain numbers.
    public override bool HasUniqueKeys
    {
        get
        {
            if (Plan.Schema.KeyOrdinals is not [var key])
            {
                return false;
            }
            var column = description.Names.ToList().IndexOf(Plan.Columns[key].SourceName);
            var found = description.Schema.Columns[column].Type.Kind;
            return description.IsAscending[column]
                && Plan.Columns[key].Carrier.Kind switch
                {
                    LogicalKind.Text => true,
                    LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 => found == LogicalKind.Int64,
                    _ => false,
                };
        }
    }

    public override async ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        description.Records == 0 || await base.IsEmptyAsync(cancellationToken);

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
        await using var blocks = new BlockReader(file);
        using var reader = new CsvReader(new TextInput(blocks, description.Layout.Encoding), Plan.RowBytesMax);
        using var builder = new RowBatchBuilder(Plan.Schema);
        var converter = new RecordConverter(Plan, description.Names, description.Layout.Nulls);
        await description.Layout.BeginAsync(reader, cancellationToken);
        long ordinal = 0;
        do
        {
            while (reader.TryRead())
            {
                reader.Record.Ordinal = ++ordinal;
                if (converter.TryConvert(reader.Record, builder, rejects) && builder.IsFull)
                {
                    yield return builder.Build();
                }
            }
        } while (await reader.FillAsync(cancellationToken));
        if (await blocks.SkipToEndAsync(cancellationToken) != description.Content)
        {
            throw FileErrors.Changed(file.FullPath);
        }
        if (builder.Count > 0)
        {
            yield return builder.Build();
        }
    }
}

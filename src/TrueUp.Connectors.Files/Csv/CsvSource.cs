using TrueUp.Connectors.Files.Content;
using TrueUp.Connectors.Files.Conversion;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Csv;

/// <summary>A file of delimited text as a source.</summary>
internal sealed class CsvSource(CsvOptions options) : ISource
{
    private CsvDescription? _description;

    public string Name => options.Path;

    public async ValueTask<SideSchema> DescribeAsync(CancellationToken cancellationToken)
    {
        using var file = SourceFile.Open(options.Path);
        _description = await new CsvDescriber(file, options).DescribeAsync(cancellationToken);
        return _description.Schema;
    }

    public bool CanGive(Column column, LogicalType carrier) => Carriers.CanGive(carrier);

    public async ValueTask<IRowSet> OpenAsync(RowPlan plan, CancellationToken cancellationToken)
    {
        if (_description is null)
        {
            await DescribeAsync(cancellationToken);
        }
        var file = await SourceFile.ReopenAsync(
            options.Path,
            _description!.Identity,
            _description.Content,
            cancellationToken
        );
        try
        {
            // Fails now, not in the middle of a reading, when the plan names what the file does not have.
            _ = new RecordConverter(plan, _description.Names, _description.Layout.Nulls);
            return new CsvRowSet(plan, file, _description);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

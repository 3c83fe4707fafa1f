using TrueUp.Connectors.Files.Content;
using TrueUp.Connectors.Files.Conversion;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>A sheet of a workbook as a source. The spool it makes lives as long as it does.</summary>
internal sealed class XlsxSource(XlsxOptions options) : ISource
{
    private XlsxDescription? _description;

    public string Name => options.Path;

    public async ValueTask<SideSchema> DescribeAsync(CancellationToken cancellationToken)
    {
        using var file = SourceFile.Open(options.Path);
        var description = await new XlsxDescriber(file, options).DescribeAsync(cancellationToken);
        _description?.Dispose();
        _description = description;
        return description.Schema;
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
            _ = new RecordConverter(plan, _description.Names, XlsxRowSet.Nulls);
            return new XlsxRowSet(plan, file, _description);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        _description?.Dispose();
        return ValueTask.CompletedTask;
    }
}

using TrueUp.Connectors.Files.Xlsx;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files;

/// <summary>
/// Sheets of workbooks as sources (type <c>xlsx</c>): typed cells, dates by their number format, formulas by their
/// stored values. Of a workbook only its shared texts stay in memory; the sheet is spooled once to a temporary file.
/// </summary>
public sealed class XlsxConnector : IConnector
{
    /// <inheritdoc />
    public IReadOnlyList<string> SourceTypes { get; } = ["xlsx"];

    /// <inheritdoc />
    public IReadOnlyList<string> TargetTypes { get; } = [];

    /// <inheritdoc />
    public IReadOnlyList<SideOption> Options(string type, SideRole role) =>
        role == SideRole.Source ? XlsxOptions.All : [];

    /// <inheritdoc />
    public IEnumerable<Finding> Validate(SideDefinition side, SideRole role)
    {
        ArgumentNullException.ThrowIfNull(side);
        var findings = new List<Finding>();
        XlsxOptions.Parse(side, findings);
        return findings;
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<SideUnit>> UnitsAsync(SideDefinition source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var table =
            source["sheet"] is { } sheet && !int.TryParse(sheet, out _)
                ? sheet
                : Path.GetFileNameWithoutExtension(source["path"]);
        return new([new SideUnit("", source, table)]);
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The side does not pass <see cref="Validate"/>.</exception>
    public ISource OpenSource(SideDefinition side)
    {
        ArgumentNullException.ThrowIfNull(side);
        var findings = new List<Finding>();
        var options = XlsxOptions.Parse(side, findings);
        return findings.Count == 0
            ? new XlsxSource(options)
            : throw new ArgumentException(findings[0].Message, nameof(side));
    }

    /// <inheritdoc />
    public ITarget OpenTarget(SideDefinition side) => throw new NotSupportedException("A workbook cannot be a target.");
}

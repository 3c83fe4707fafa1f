using TrueUp.Connectors.Files.Csv;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files;

/// <summary>
/// Files of delimited text as sources (type <c>csv</c>): RFC 4180 and its relatives in UTF-8, UTF-16, Latin-1 or
/// windows-1252. Memory does not depend on the file's length.
/// </summary>
public sealed class CsvConnector : IConnector
{
    /// <inheritdoc />
    public IReadOnlyList<string> SourceTypes { get; } = ["csv"];

    /// <inheritdoc />
    public IReadOnlyList<string> TargetTypes { get; } = [];

    /// <inheritdoc />
    public IReadOnlyList<SideOption> Options(string type, SideRole role) =>
        role == SideRole.Source ? CsvOptions.All : [];

    /// <inheritdoc />
    public IEnumerable<Finding> Validate(SideDefinition side, SideRole role)
    {
        ArgumentNullException.ThrowIfNull(side);
        var findings = new List<Finding>();
        CsvOptions.Parse(side, findings);
        return findings;
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<SideUnit>> UnitsAsync(SideDefinition source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new([new SideUnit("", source, Path.GetFileNameWithoutExtension(source["path"]))]);
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The side does not pass <see cref="Validate"/>.</exception>
    public ISource OpenSource(SideDefinition side)
    {
        ArgumentNullException.ThrowIfNull(side);
        var findings = new List<Finding>();
        var options = CsvOptions.Parse(side, findings);
        return findings.Count == 0
            ? new CsvSource(options)
            : throw new ArgumentException(findings[0].Message, nameof(side));
    }

    /// <inheritdoc />
    public ITarget OpenTarget(SideDefinition side) => throw new NotSupportedException("A csv file cannot be a target.");
}

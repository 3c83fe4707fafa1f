using System.IO.Enumeration;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Connectors.Sqlite.Writing;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite;

/// <summary>SQLite database files, as source and as target: <c>type: sqlite</c>.</summary>
/// <param name="clock">The time written into the state table; the system's by default.</param>
public sealed class SqliteConnector(TimeProvider? clock = null) : IConnector
{
    private static readonly string[] Types = ["sqlite"];

    /// <inheritdoc />
    public IReadOnlyList<string> SourceTypes => Types;

    /// <inheritdoc />
    public IReadOnlyList<string> TargetTypes => Types;

    /// <inheritdoc />
    public IReadOnlyList<SideOption> Options(string type, SideRole role) => SqliteSide.Options(role);

    /// <inheritdoc />
    public IEnumerable<Finding> Validate(SideDefinition side, SideRole role)
    {
        ArgumentNullException.ThrowIfNull(side);
        return SqliteSide.Check(side, role);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<SideUnit>> UnitsAsync(SideDefinition source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        cancellationToken.ThrowIfCancellationRequested();
        var patterns = source.List("tables");
        return new(
            patterns.Count == 0
                ? [new SideUnit("", source, source["table"] is { } table ? Identifier.Parse(table) : null)]
                :
                [
                    .. Expand(source, patterns, cancellationToken)
                        .Select(t => new SideUnit(
                            t,
                            source.Without("tables").With("table", Identifier.Quote(t)),
                            Identifier.Quote(t)
                        )),
                ]
        );
    }

    /// <inheritdoc />
    public ISource OpenSource(SideDefinition side)
    {
        ArgumentNullException.ThrowIfNull(side);
        return new SqliteSource(SqliteSide.From(side));
    }

    /// <inheritdoc />
    public SideDefinition? Canary(SideDefinition target, string table)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Without("owns").With("create", "true").With("table", table);
    }

    /// <inheritdoc />
    public int UnitsAtOnce(SideDefinition target) => 1;

    /// <inheritdoc />
    public ITarget OpenTarget(SideDefinition side)
    {
        ArgumentNullException.ThrowIfNull(side);
        return new SqliteTarget(SqliteSide.From(side), clock ?? TimeProvider.System);
    }

    // A plain name stands for itself even if there is no such table: that unit alone then fails and says so.
    private static IEnumerable<string> Expand(
        SideDefinition source,
        IReadOnlyList<string> patterns,
        CancellationToken cancellationToken
    )
    {
        var tables = Tables(SqliteSide.From(source), cancellationToken);
        return patterns
            .SelectMany(pattern =>
                pattern.AsSpan().ContainsAny('*', '?') && !pattern.StartsWith('"')
                    ? tables.Where(t => FileSystemName.MatchesSimpleExpression(pattern, t))
                    : [Identifier.Parse(pattern)]
            )
            .Distinct(StringComparer.OrdinalIgnoreCase);
    }

    private static List<string> Tables(SqliteSide side, CancellationToken cancellationToken)
    {
        using var connection = Connection.OpenForReading(side, cancellationToken);
        using var statement = connection.Prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> ?1 AND name NOT LIKE ?2 ESCAPE '\\' ORDER BY name"
        );
        statement.Bind(1, StateTable.Name);
        statement.Bind(2, ICanaryTarget.NamePrefix.Replace("_", "\\_", StringComparison.Ordinal) + "%");
        var names = new List<string>();
        while (statement.Step())
        {
            names.Add(statement.Text(0)!);
        }
        return names;
    }
}

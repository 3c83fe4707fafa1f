using TrueUp.Connectors.Postgres.Catalog;
using TrueUp.Connectors.Postgres.Names;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres;

/// <summary>
/// PostgreSQL 13 and later as source and target, under the type name <c>postgres</c>. Older servers work; they are
/// digested here.
/// </summary>
public sealed class PostgresConnector : IConnector
{
    /// <inheritdoc />
    public IReadOnlyList<string> SourceTypes { get; } = ["postgres"];

    /// <inheritdoc />
    public IReadOnlyList<string> TargetTypes { get; } = ["postgres"];

    /// <inheritdoc />
    public IReadOnlyList<SideOption> Options(string type, SideRole role) => PostgresOptions.For(role);

    /// <inheritdoc />
    public IEnumerable<Finding> Validate(SideDefinition side, SideRole role)
    {
        ArgumentNullException.ThrowIfNull(side);
        return PostgresOptions.Validate(side, role);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<SideUnit>> UnitsAsync(
        SideDefinition source,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.List("tables") is not { Count: > 0 } entries)
        {
            return [new SideUnit("", source, source["table"] is { } table ? NameOf(table).ToString() : null)];
        }

        var server = ServerOf(source);
        var tables = await Guard.RunAsync(
            $"Listing the tables of {server.Name}",
            PgPhase.Reading,
            async () =>
            {
                await using var session = await server.OpenAsync(userPath: true, workers: 0, cancellationToken);
                return await TableList.ExpandAsync(session, entries, cancellationToken);
            },
            cancellationToken
        );
        return
        [
            .. tables.Select(t => new SideUnit(
                t.ToString(),
                source.Without("tables").With("table", t.ToString()),
                t.ToString()
            )),
        ];
    }

    /// <inheritdoc />
    public ISource OpenSource(SideDefinition side)
    {
        ArgumentNullException.ThrowIfNull(side);
        return new PostgresSource(ServerOf(side), side["table"] is { } table ? NameOf(table) : null, side["query"]);
    }

    /// <inheritdoc />
    public async ValueTask PingAsync(SideDefinition side, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(side);
        var server = ServerOf(side);
        await Guard.RunAsync(
            $"Connecting to {server.Name}",
            PgPhase.Connecting,
            async () => await (await server.OpenAsync(userPath: true, workers: 0, cancellationToken)).DisposeAsync(),
            cancellationToken
        );
    }

    /// <inheritdoc />
    public SideDefinition? Canary(SideDefinition target, string table)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Without("owns").With("create", "true").With("table", $"trueup.{table}");
    }

    /// <inheritdoc />
    public ITarget OpenTarget(SideDefinition side)
    {
        ArgumentNullException.ThrowIfNull(side);
        var table =
            side["table"]
            ?? throw new SideException(
                ErrorType.Validation,
                "The target names no table, and its source has none to take the name from.",
                "Add `table` to the target."
            )
            {
                Code = "table_missing",
            };
        return new PostgresTarget(ServerOf(side), NameOf(table), side["owns"]);
    }

    private static Server ServerOf(SideDefinition side)
    {
        try
        {
            return new Server(ConnectionText.Parse(side["connection"] ?? ""));
        }
        catch (ArgumentException)
        {
            // Without the inner exception, which may repeat the text and with it a password.
            throw new SideException(
                ErrorType.Validation,
                "`connection` cannot be read.",
                "See the pipeline reference for its two notations."
            )
            {
                Code = "bad_value",
            };
        }
    }

    private static SqlName NameOf(string table) =>
        SqlName.TryParse(table, out var name)
            ? name
            : throw new SideException(
                ErrorType.Validation,
                $"'{table}' is no name of a table.",
                "Write schema.table, odd names quoted as in SQL."
            )
            {
                Code = "bad_value",
            };
}

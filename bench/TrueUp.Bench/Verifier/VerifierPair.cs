using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using TrueUp.Bench.Faults;
using TrueUp.Connectors.Files;
using TrueUp.Connectors.Postgres;
using TrueUp.Connectors.Sqlite;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Bench.Verifier;

/// <summary>A source and a target of given types with the sample's rows on the source.</summary>
internal sealed class VerifierPair
{
    private const string Table = "sample_target";

    private readonly string _folder;
    private readonly PostgresAddress? _postgres;

    private VerifierPair(string source, string target, string folder, PostgresAddress? postgres)
    {
        (SourceType, TargetType, _folder, _postgres) = (source, target, folder, postgres);
        Name = $"{source} → {target}";
    }

    /// <summary>The pairs that are tested, source and target by type.</summary>
    public static IReadOnlyList<(string Source, string Target)> All { get; } =
    [
        ("csv", "sqlite"),
        ("csv", "postgres"),
        ("xlsx", "sqlite"),
        ("sqlite", "sqlite"),
        ("sqlite", "postgres"),
        ("postgres", "sqlite"),
        ("postgres", "postgres"),
    ];

    /// <summary>The connectors that ship.</summary>
    public static ConnectorRegistry Connectors { get; } =
        new([new CsvConnector(), new XlsxConnector(), new SqliteConnector(), new PostgresConnector()]);

    public string Name { get; }

    public PipelineDefinition Pipeline { get; private set; } = null!;

    private string SourceType { get; }

    private string TargetType { get; }

    private IReadOnlyList<SampleColumn> Columns =>
        [
            .. SampleTable.Columns.Where(c =>
                SourceType == "postgres" ? TargetType == "postgres" || c.Sqlite is not null : c.Sqlite is not null
            ),
        ];

    /// <summary>Fills the source anew and makes the pipeline; the target has no table afterwards.</summary>
    public static async Task<VerifierPair> CreateAsync(
        (string Source, string Target) types,
        string folder,
        PostgresAddress? postgres,
        IReadOnlyList<string?[]> rows,
        CancellationToken cancellationToken
    )
    {
        var pair = new VerifierPair(types.Source, types.Target, folder, postgres);
        Directory.CreateDirectory(folder);
        await pair.DropTargetAsync(cancellationToken);
        var source = await pair.FillAsync(
            [.. rows.Select(r => pair.Columns.Select(c => r[SampleTable.IndexOf(c)]).ToArray())],
            cancellationToken
        );
        pair.Pipeline = pair.Read(source);
        return pair;
    }

    /// <summary>The target's table, for whoever wants to damage it.</summary>
    public async Task<TargetTable> OpenTargetAsync(CancellationToken cancellationToken) =>
        TargetType == "sqlite"
            ? await SqliteTable.OpenAsync(At("target.db"), Table, cancellationToken)
            : await PostgresTable.OpenAsync(await _postgres!.OpenAsync(cancellationToken), Table, cancellationToken);

    private async Task DropTargetAsync(CancellationToken cancellationToken)
    {
        if (TargetType == "sqlite")
        {
            File.Delete(At("target.db"));
            return;
        }
        await using var server = await _postgres!.OpenAsync(cancellationToken);
        await using var drop = new NpgsqlCommand($"DROP TABLE IF EXISTS {Table}", server);
        await drop.ExecuteNonQueryAsync(cancellationToken);
    }

    private PipelineDefinition Read(string source)
    {
        var target =
            TargetType == "sqlite"
                ? $"{{type: sqlite, path: {At("target.db")}, table: {Table}}}"
                : $"{{type: postgres, connection: '{_postgres!.Url}', table: public.{Table}}}";
        var yaml = new StringBuilder($"name: verifier\nkey: id\nsource: {source}\ntarget: {target}\n");
        if (SourceType is "csv" or "xlsx")
        {
            yaml.Append("columns:\n");
            foreach (var column in Columns)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"  {column.Name}: \"{column.Type}\"\n");
            }
        }
        var reading = PipelineReader.ReadText(yaml.ToString(), At("pipeline.yaml"), Connectors, _ => null);
        return reading.Pipeline
            ?? throw new InvalidOperationException(string.Join('\n', reading.Findings.Select(f => f.Message)));
    }

    // The result is the source as a pipeline file names it.
    private async Task<string> FillAsync(List<string?[]> rows, CancellationToken cancellationToken)
    {
        var names = Columns.Select(c => c.Name).ToList();
        switch (SourceType)
        {
            case "csv":
                var text = rows.Prepend([.. names]).Select(r => string.Join(',', r.Select(Quote)));
                await File.WriteAllLinesAsync(At("source.csv"), text, cancellationToken);
                return $"{{type: csv, path: {At("source.csv")}}}";
            case "xlsx":
                XlsxSheet.Write(At("source.xlsx"), names, rows);
                return $"{{type: xlsx, path: {At("source.xlsx")}}}";
            case "sqlite":
                File.Delete(At("source.db"));
                await using (var file = new SqliteConnection($"Data Source={At("source.db")};Pooling=False"))
                {
                    await file.OpenAsync(cancellationToken);
                    await FillAsync(file, c => c.Sqlite!, "$", rows, cancellationToken);
                }
                return $"{{type: sqlite, path: {At("source.db")}, table: sample_source}}";
            default:
                await using (var server = await _postgres!.OpenAsync(cancellationToken))
                {
                    await using var drop = new NpgsqlCommand(
                        "SET search_path = public; SET TIME ZONE 'UTC'; DROP TABLE IF EXISTS sample_source",
                        server
                    );
                    await drop.ExecuteNonQueryAsync(cancellationToken);
                    await FillAsync(server, c => c.Postgres, "::", rows, cancellationToken);
                }
                return $"{{type: postgres, connection: '{_postgres.Url}', table: public.sample_source}}";
        }
    }

    private async Task FillAsync(
        System.Data.Common.DbConnection connection,
        Func<SampleColumn, string> type,
        string dialect,
        List<string?[]> rows,
        CancellationToken cancellationToken
    )
    {
        var columns = Columns;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        var declared = columns.Select((c, i) => $"\"{c.Name}\" {type(c)}{(i == 0 ? " PRIMARY KEY" : "")}");
        command.CommandText = $"CREATE TABLE sample_source ({string.Join(", ", declared)})";
        await command.ExecuteNonQueryAsync(cancellationToken);
        foreach (var chunk in rows.Chunk(200))
        {
            var lines = chunk.Select(r =>
                $"({string.Join(", ", r.Select((v, i) => Literal(v, columns[i], dialect)))})"
            );
            command.CommandText = $"INSERT INTO sample_source VALUES {string.Join(", ", lines)}";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
    }

    private static string Literal(string? value, SampleColumn column, string dialect) =>
        (value, column.Type, dialect) switch
        {
            (null, _, _) => "NULL",
            (_, "bytes", "$") => $"x'{value[2..]}'",
            (_, "bool", "$") => value,
            (_, "timestamptz", "$") => $"'{value.Replace("+00", "Z", StringComparison.Ordinal)}'",
            (_, _, "$") => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'",
            _ => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'::{column.Postgres}",
        };

    // Null is nothing between the commas, the empty text is two quotes.
    private static string Quote(string? value) =>
        value is null ? "" : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private string At(string name) => Path.Combine(_folder, name);
}

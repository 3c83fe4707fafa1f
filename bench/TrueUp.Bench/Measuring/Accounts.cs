using System.Text.Json;

namespace TrueUp.Bench.Measuring;

/// <summary>The table of accounts as benchmarks fill it: into a database of its own, by the peer or by us.</summary>
internal static class Accounts
{
    public const string Pipe = "psql copy binary \\| psql copy binary";

    /// <summary>The URL of a target database.</summary>
    public static string Url(Workspace work, string database = "target") =>
        work.Url.Replace("/postgres", $"/{database}", StringComparison.Ordinal);

    /// <summary>A target database without a table.</summary>
    public static async Task NewDatabaseAsync(
        Workspace work,
        CancellationToken cancellationToken,
        string database = "target"
    ) =>
        await Shell.BashAsync(
            $"psql -qX '{work.Url}' -c 'drop database if exists {database}' -c 'create database {database}' -c checkpoint",
            cancellationToken
        );

    /// <summary>A target database with the empty table and its key, which is what a peer fills.</summary>
    public static async Task NewTableAsync(
        Workspace work,
        CancellationToken cancellationToken,
        string database = "target",
        string filler = "char(84)"
    )
    {
        await NewDatabaseAsync(work, cancellationToken, database);
        await Shell.BashAsync(
            $"psql -qX '{Url(work, database)}' -c 'create table accounts(aid int primary key, bid int, abalance int, filler {filler})' -c checkpoint",
            cancellationToken
        );
    }

    /// <summary>The raw pipe into a new table with its key.</summary>
    public static async Task<double> PipeAsync(Workspace work, string source, CancellationToken cancellationToken)
    {
        await NewTableAsync(work, cancellationToken, "pipe");
        var command =
            $"psql -qX '{source}' -c 'copy pgbench_accounts to stdout (format binary)' | psql -qX '{Url(work, "pipe")}' -c 'copy accounts from stdin (format binary)'";
        return (await Shell.BashAsync(command, cancellationToken)).Seconds;
    }

    /// <summary>A pipeline from the accounts of one database to another.</summary>
    public static string Pipeline(Workspace work, string source, string more = "") =>
        $"name: bench\nsource: {{type: postgres, connection: '{source}', table: pgbench_accounts}}\n"
        + $"target: {{type: postgres, connection: '{Url(work)}', table: accounts}}\n{more}";

    /// <summary>A member of the result of <c>run --json</c>.</summary>
    public static JsonElement Result(string output, params ReadOnlySpan<string> path)
    {
        using var document = JsonDocument.Parse(output);
        var element = document.RootElement.GetProperty("result");
        foreach (var name in path)
        {
            element = element.GetProperty(name);
        }
        return element.Clone();
    }

    /// <summary>A number of the result of <c>run --json</c>.</summary>
    public static double Number(string output, params ReadOnlySpan<string> path) => Result(output, path).GetDouble();

    /// <summary>Damages this many rows of the target: two fifths altered, two fifths deleted, the rest added.</summary>
    public static async Task CorruptAsync(Workspace work, int rows, int seed, CancellationToken cancellationToken) =>
        await Shell.BashAsync(
            $"""
            psql -qX -v ON_ERROR_STOP=1 '{Url(work)}' -c "select setseed({seed} / 1000.0)" -c "
              create temp table chosen as select aid, row_number() over () as n from accounts tablesample system (1) order by random() limit {rows};
              update accounts set abalance = abalance + 1 where aid in (select aid from chosen where n % 5 < 2);
              insert into accounts select aid + 1000000000, bid, abalance, filler from accounts where aid in (select aid from chosen where n % 5 = 4);
              delete from accounts where aid in (select aid from chosen where n % 5 in (2, 3))"
            """,
            cancellationToken
        );
}

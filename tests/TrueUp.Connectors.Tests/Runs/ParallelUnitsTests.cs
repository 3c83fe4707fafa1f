using TrueUp.Connectors.Tests.Sqlite;
using TrueUp.Runs;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Runs;

public sealed class ParallelUnitsTests(PostgresCluster cluster)
{
    private static readonly string[] Tables = ["t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8"];

    [Fact(Timeout = RealRun.GiveUpMs)]
    public async Task Tables_of_PostgreSQL_go_to_PostgreSQL_at_the_same_time()
    {
        await using var source = await FilledAsync();
        await using var target = await cluster.CreateDatabaseAsync();
        await source.ExecuteAsync("CREATE TABLE t4a (v text)");
        var pipeline = RealRun.Pipeline(source.Side("tables", "t*"), target.Side("create", "true"));

        // One of them has no key; and the state table is created by whoever comes first.
        var first = await pipeline.RunAsync();

        first.Units.Select(u => u.Unit).ShouldBe([.. Tables.Append("t4a").Order().Select(t => $"public.{t}")]);
        first.Units.Where(u => u.Error is not null).ShouldHaveSingleItem().Error!.Code.ShouldBe("no_key");
        await AgreeAsync(source, target);

        await source.ExecuteAsync(
            "DROP TABLE t4a; UPDATE t2 SET name = 'new' WHERE id < 10; DELETE FROM t7 WHERE id > 990"
        );
        var second = await pipeline.RunAsync();
        second.IsProven.ShouldBeTrue();
        second.Counts.Updated.ShouldBe(9);
        second.Counts.Deleted.ShouldBe(10);
        await AgreeAsync(source, target);
    }

    [Fact(Timeout = RealRun.GiveUpMs)]
    public async Task Units_do_not_lock_one_another_out_of_a_file_of_SQLite()
    {
        await using var source = await FilledAsync();
        using var file = new TestFile();
        var pipeline = RealRun.Pipeline(source.Side("tables", "t*"), file.Side(("busy_timeout", "0")));
        var first = await pipeline.RunAsync();
        first.Error.ShouldBeNull();
        first.IsProven.ShouldBeTrue();
        await source.ExecuteAsync("UPDATE t2 SET name = 'new' WHERE id < 10; UPDATE t6 SET name = 'new' WHERE id < 10");
        (await pipeline.RunAsync()).Counts.Updated.ShouldBe(18);
        foreach (var table in Tables)
        {
            file.Scalar($"SELECT count(*) || ' ' || sum(length(name)) FROM \"public.{table}\"")
                .ShouldBe(
                    await source.ScalarAsync<string>($"SELECT count(*) || ' ' || sum(length(name)) FROM {table}")
                );
        }
    }

    [Fact(Timeout = RealRun.GiveUpMs)]
    public async Task Tables_of_one_file_of_SQLite_go_to_PostgreSQL_at_the_same_time()
    {
        using var file = new TestFile();
        foreach (var table in Tables)
        {
            file.Execute(
                $"""
                CREATE TABLE {table} (id INTEGER PRIMARY KEY, name TEXT);
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
                INSERT INTO {table} SELECT i, '{table} ' || i FROM n
                """
            );
        }
        await using var target = await cluster.CreateDatabaseAsync();
        var pipeline = RealRun.Pipeline(file.Side().With("tables", "t*"), target.Side("create", "true"));
        var outcome = await pipeline.RunAsync();
        outcome.Error.ShouldBeNull();
        outcome.IsProven.ShouldBeTrue();
        outcome.Counts.Created.ShouldBe(2000 * Tables.Length);
    }

    private async Task<TestDatabase> FilledAsync()
    {
        var database = await cluster.CreateDatabaseAsync();
        foreach (var table in Tables)
        {
            await database.FillAsync(table, rows: 1000);
        }
        return database;
    }

    private static async Task AgreeAsync(TestDatabase source, TestDatabase target)
    {
        foreach (var table in Tables)
        {
            (await target.ContentsAsync(table)).ShouldBe(await source.ContentsAsync(table), table);
        }
    }
}

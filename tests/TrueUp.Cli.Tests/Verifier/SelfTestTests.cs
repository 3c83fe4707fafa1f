using System.Text.Json;
using Microsoft.Data.Sqlite;
using TrueUp.Testing.Postgres;

namespace TrueUp.Cli.Tests.Verifier;

/// <summary><c>verify: {self_test: daily}</c> on real stores.</summary>
public sealed class SelfTestTests(PostgresCluster cluster)
{
    [Fact]
    public async Task It_passes_on_SQLite_once_a_day_and_leaves_no_table()
    {
        using var cli = new CliRunner();
        (await cli.RunAsync("init")).ShouldExit(0);
        File.AppendAllText(cli.PathOf("sellers.yaml"), "verify: {self_test: daily}\n");

        var first = (await cli.RunAsync("run", "sellers.yaml", "--json")).ShouldExit(0).Json.GetProperty("result");
        var second = (await cli.RunAsync("verify", "sellers.yaml", "--json")).ShouldExit(0).Json.GetProperty("result");

        ShouldPass(first);
        second.TryGetProperty("self_test", out _).ShouldBeFalse("a day has not gone by");
        Scalar(cli, "SELECT count(*) FROM sqlite_schema WHERE name LIKE '%canary%'").ShouldBe(0);
        Scalar(cli, "SELECT count(*) FROM trueup_state").ShouldBe(1);
        var runs = (await cli.RunAsync("runs", "--json")).Json.GetProperty("result").GetProperty("runs");
        runs.GetArrayLength().ShouldBe(2, "the canary's own runs are nobody's business");
        var run = runs[1].GetProperty("run_id").GetString()!;
        ShouldPass((await cli.RunAsync("runs", "show", run, "--json")).ShouldExit(0).Json.GetProperty("result"));
        (await cli.RunAsync("receipt", "check", run)).ShouldExit(0);
        (await cli.RunAsync("receipt", "show", run))
            .ShouldExit(0)
            .Error.ShouldContain("body.self_test.passed: True", Case.Insensitive);
    }

    [Fact]
    public async Task It_passes_on_PostgreSQL_in_the_schema_of_TrueUp_and_leaves_no_table()
    {
        await using var database = await cluster.CreateDatabaseAsync();
        await database.ExecuteAsync(
            "CREATE TABLE items (id int PRIMARY KEY, name text); INSERT INTO items VALUES (1, 'a')"
        );
        using var cli = new CliRunner();
        cli.Write(
            "pipeline.yaml",
            $"name: items\nsource: {{type: postgres, connection: '{database.Url}', table: items}}\n"
                + $"target: {{type: postgres, connection: '{database.Url}', table: copy}}\nverify: {{self_test: daily}}\n"
        );

        var result = (await cli.RunAsync("run", "pipeline.yaml", "--json")).ShouldExit(0).Json.GetProperty("result");

        ShouldPass(result);
        (await database.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname LIKE '%canary%'")).ShouldBe(0);
        (await database.ScalarAsync<long>("SELECT count(*) FROM trueup.state")).ShouldBe(1);
    }

    private static void ShouldPass(JsonElement result)
    {
        var test = result.GetProperty("self_test");
        test.GetProperty("passed").GetBoolean().ShouldBeTrue(test.ToString());
        test.GetProperty("detected").GetInt32().ShouldBe(test.GetProperty("kinds").GetInt32());
        test.GetProperty("kinds").GetInt32().ShouldBeGreaterThanOrEqualTo(15);
    }

    private static long Scalar(CliRunner cli, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={cli.PathOf("sellers.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}

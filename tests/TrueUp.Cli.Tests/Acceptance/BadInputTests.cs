using System.Text.Json;
using TrueUp.Testing.Postgres;

namespace TrueUp.Cli.Tests.Acceptance;

/// <summary>Whatever is wrong: a code, what to do, the right exit code, and a target as it was.</summary>
public sealed class BadInputTests(PostgresCluster cluster)
{
    private const string ToSqlite = "{type: sqlite, path: t.db, table: t}";

    [Theory]
    [InlineData("missing.csv", null, 2, "file_missing")]
    [InlineData("empty.csv", "", 1, "file_empty")]
    [InlineData("twice.csv", "id,id,name\n1,2,x\n", 2, "duplicate_header")]
    [InlineData("keyless.csv", "name,city\na,b\n", 2, "key_missing")]
    public async Task A_file_that_cannot_be_read_is_refused(string name, string? content, int exit, string code)
    {
        using var cli = new CliRunner();
        if (content is not null)
        {
            cli.Write(name, content);
        }
        var result = (await RunAsync(cli, name, ToSqlite)).ShouldExit(exit).Json;
        Error(result).ShouldBe(code);
        result.GetProperty("error").GetProperty("suggestion").GetString().ShouldNotBeNullOrEmpty();
        File.Exists(cli.PathOf("t.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_header_without_records_is_an_empty_source_and_a_mirror_refuses_to_follow_it()
    {
        using var cli = new CliRunner();
        cli.Write("a.csv", "id,name\n");
        (await RunAsync(cli, "a.csv", ToSqlite)).ShouldExit(0);
        cli.Write("a.csv", "id,name\n1,x\n");
        (await RunAsync(cli, "a.csv", ToSqlite)).ShouldExit(0);
        cli.Write("a.csv", "id,name\n");
        Error((await RunAsync(cli, "a.csv", ToSqlite)).ShouldExit(1).Json).ShouldBe("source_shrank");
        (await RowsAsync(cli)).ShouldBe(1);
    }

    [Theory]
    [InlineData("refuse", "4", 4)]
    [InlineData("first", "1:a;4", 3)]
    [InlineData("last", "1:c;4", 3)]
    public async Task Duplicate_keys_and_null_keys_are_all_reported(string policy, string kept, int skipped)
    {
        using var cli = new CliRunner();
        cli.Write("a.csv", "id,name\n1,a\n1,b\n1,c\n,z\n4,d\n");
        var result = (await RunAsync(cli, "a.csv", ToSqlite, $"duplicates: {policy}\n")).ShouldExit(1).Json.GetProperty("result");
        result.GetProperty("verification").GetProperty("verdict").GetString().ShouldBe("incomplete");
        result.GetProperty("counts").GetProperty("skipped").GetInt64().ShouldBe(skipped);
        result.GetProperty("dead_letters").GetInt64().ShouldBe(skipped);
        (await RowsAsync(cli)).ShouldBe(kept.Split(';').Length);
    }

    [Fact]
    public async Task A_server_that_is_not_there_a_wrong_password_and_a_missing_database_are_told_apart_without_a_secret()
    {
        using var cli = new CliRunner();
        await using var database = await cluster.CreateDatabaseAsync();
        cli.Write("a.csv", "id,name\n1,a\n");
        var url = new UriBuilder(database.Url);
        async Task<CliResult> To(string connection) => await RunAsync(cli, "a.csv", $"{{type: postgres, connection: '{connection}', table: t}}", "retry: {attempts: 0}\n");
        Error((await To("postgres://u:s3cr3t@127.0.0.1:1/x")).ShouldExit(3).Json).ShouldBe("cannot_connect");
        var wrong = await To($"postgres://{url.UserName}:s3cr3t@127.0.0.1:{url.Port}{url.Path}");
        Error(wrong.ShouldExit(3).Json).ShouldBe("wrong_password");
        (wrong.Output + wrong.Error).ShouldNotContain("s3cr3t");
        Error((await To($"postgres://{url.UserName}:{url.Password}@127.0.0.1:{url.Port}/nowhere")).ShouldExit(2).Json).ShouldBe("database_missing");
    }

    [Fact]
    public async Task A_target_of_other_types_or_without_a_key_is_refused_untouched()
    {
        using var cli = new CliRunner();
        await using var database = await cluster.CreateDatabaseAsync();
        cli.Write("a.csv", "id,name\n1,a\n2,b\n");
        var target = $"{{type: postgres, connection: '{database.Url}', table: t}}";
        await database.ExecuteAsync("CREATE TABLE t (id int PRIMARY KEY, name jsonb)");
        Error((await RunAsync(cli, "a.csv", target)).ShouldExit(2).Json).ShouldBe("types_differ");
        await database.ExecuteAsync("DROP TABLE t; CREATE TABLE t (id int, name text)");
        Error((await RunAsync(cli, "a.csv", target)).ShouldExit(2).Json).ShouldBe("target_key_not_unique");
        (await database.ScalarAsync<long>("SELECT count(*) FROM t")).ShouldBe(0);
        (await database.ScalarAsync<bool>("SELECT to_regclass('trueup.state') IS NULL")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_user_who_may_only_read_is_told_what_is_missing_and_may_verify()
    {
        using var cli = new CliRunner();
        await using var database = await cluster.CreateDatabaseAsync();
        var reader = $"reader_{database.Name}";
        await database.ExecuteAsync($"CREATE TABLE t (id int PRIMARY KEY, name text); INSERT INTO t VALUES (1, 'a'); CREATE ROLE {reader} LOGIN PASSWORD 'r'; GRANT SELECT ON t TO {reader}");
        cli.Write("a.csv", "id,name\n1,a\n");
        var target = $"{{type: postgres, connection: '{new UriBuilder(database.Url) { UserName = reader, Password = "r" }.Uri}', table: t}}";
        Error((await RunAsync(cli, "a.csv", target)).ShouldExit(3).Json).ShouldBe("permission_denied");
        (await cli.RunAsync("verify", "p.yaml", "--json")).ShouldExit(0);
    }

    [Fact]
    public async Task One_row_that_a_constraint_refuses_does_not_keep_the_others_out()
    {
        using var cli = new CliRunner();
        await using var database = await cluster.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (id int PRIMARY KEY, name text CHECK (name <> 'n700'))");
        cli.Write("a.csv", "id,name\n" + string.Concat(Enumerable.Range(1, 1000).Select(i => $"{i},n{i}\n")));
        var result = (await RunAsync(cli, "a.csv", $"{{type: postgres, connection: '{database.Url}', table: t}}")).ShouldExit(1).Json.GetProperty("result");
        result.GetProperty("counts").GetProperty("failed").GetInt64().ShouldBe(1);
        result.GetProperty("counts").GetProperty("created").GetInt64().ShouldBe(999);
        var letters = (await cli.RunAsync("dead-letters", "list", "--json")).Json.GetProperty("result");
        letters.ToString().ShouldContain("\"700\"");
    }

    private static async Task<CliResult> RunAsync(CliRunner cli, string csv, string target, string more = "")
    {
        cli.Write("p.yaml", $"name: p\nsource: {{type: csv, path: {csv}}}\ntarget: {target}\nkey: id\n{more}");
        return await cli.RunAsync("run", "p.yaml", "--json");
    }

    private static async Task<long> RowsAsync(CliRunner cli)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={cli.PathOf("t.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM t";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static string? Error(JsonElement result) => result.GetProperty("error").GetProperty("code").GetString();
}

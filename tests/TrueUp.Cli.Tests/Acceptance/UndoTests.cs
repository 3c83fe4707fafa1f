using System.Text.Json;
using Microsoft.Data.Sqlite;
using TrueUp.Testing.Postgres;

namespace TrueUp.Cli.Tests.Acceptance;

/// <summary>Undo through the command, on both kinds of target.</summary>
public sealed class UndoTests(PostgresCluster cluster)
{
    private const string Rows =
        "SELECT id || '|' || coalesce(name, 'null') || '|' || coalesce(city, 'null') FROM sellers ORDER BY id";

    private static readonly string[] Before =
    [
        "1|Ana|Lisboa",
        "2|Bruno|null",
        "3|Chen|Taipei",
        "4|Doro|Leipzig",
        "5|Emeka|Lagos",
        "6|Fay|Oslo",
    ];

    [Fact]
    public async Task A_run_into_SQLite_is_undone_and_what_changed_since_is_left_alone()
    {
        using var cli = new CliRunner();
        await TellAsync(
            cli,
            "{type: sqlite, path: sellers.db, table: sellers}",
            sql => ExecuteAsync(cli, sql),
            () => ReadAsync(cli)
        );
    }

    [Fact]
    public async Task A_run_into_PostgreSQL_is_undone_and_what_changed_since_is_left_alone()
    {
        using var cli = new CliRunner();
        await using var database = await cluster.CreateDatabaseAsync();
        await TellAsync(
            cli,
            $"{{type: postgres, connection: '{database.Url}', table: sellers}}",
            sql => database.ExecuteAsync(sql),
            () => database.ScalarAsync<string[]>($"SELECT array({Rows})")
        );
    }

    [Fact]
    public async Task Rows_of_every_type_come_back_as_they_were()
    {
        using var cli = new CliRunner();
        await using var from = await cluster.CreateDatabaseAsync();
        await using var to = await cluster.CreateDatabaseAsync();
        foreach (var database in (TestDatabase[])[from, to])
        {
            await database.ExecuteAsync(
                """
                CREATE TYPE mood AS ENUM ('sad', 'ok');
                CREATE TABLE things (
                    id int, part text, b bool, i2 int2, i8 int8, f4 float4, f8 float8, n numeric, n2 numeric(12,2),
                    t text, v varchar(20), c char(5), bytes bytea, d date, tm time, ts timestamp, tz timestamptz,
                    iv interval, u uuid, j json, jb jsonb, m mood, a int4[], r int4range,
                    double_id int GENERATED ALWAYS AS (id * 2) STORED, PRIMARY KEY (id, part))
                """
            );
        }
        const string insert =
            "INSERT INTO things SELECT g, 'p' || g, g % 2 = 0, g, g * 10000000000, g / 3.0, g / 7.0, g / 9.0, g * 1.25, E'tab\\t\"quote\" 日本 ' || g, 'v' || g, 'c' || g, decode('00ff', 'hex'), date '2024-02-29' + g, time '23:59:59.999999', timestamp '2024-01-01 00:00:00.000001' + g * interval '1 day', timestamptz '-infinity', interval '1 mon -2 days 3.5 s', md5(g::text)::uuid, '{\"a\": 1,  \"a\": 2}', '{\"b\": [1, null]}', 'sad', array[g, null], int4range(g, NULL) FROM generate_series(1, 40) AS g";
        await to.ExecuteAsync(insert);
        await to.ExecuteAsync("INSERT INTO things (id, part) VALUES (41, ''), (42, 'all null')");
        await from.ExecuteAsync(
            "INSERT INTO things (id, part, t, m) SELECT g, 'p' || g, 'other', 'ok' FROM generate_series(1, 30) AS g"
        );
        cli.Write(
            "things.yaml",
            $"name: things\nsource: {{type: postgres, connection: '{from.Url}', table: things}}\ntarget: {{type: postgres, connection: '{to.Url}', table: things}}\nmax_deletes: 100%\n"
        );
        const string all = "SELECT md5(string_agg(t::text, ';' ORDER BY id, part)) FROM things AS t";
        var before = await to.ScalarAsync<string>(all);
        var run = await RunAsync(cli, "things.yaml");
        (await to.ScalarAsync<string>(all)).ShouldNotBe(before);

        var undo = (await cli.RunAsync("undo", run, "--json")).ShouldExit(0).Json.GetProperty("result");

        Counts(undo).ShouldBe((30, 12, 0, 0, 0));
        (await to.ScalarAsync<string>(all)).ShouldBe(before);
    }

    [Fact]
    public async Task A_run_killed_between_its_images_and_its_change_leaves_nothing_to_put_back()
    {
        using var cli = new CliRunner();
        await using var database = await cluster.CreateDatabaseAsync();
        await ChangeAsync(cli, $"{{type: postgres, connection: '{database.Url}', table: sellers}}");
        cli.Write("sellers.csv", File.ReadAllText(cli.PathOf("sellers.csv")).Replace("Anna", "Annika"));
        var before = await database.ScalarAsync<string[]>($"SELECT array({Rows})");
        var folders = Directory.GetDirectories(Path.Combine(cli.Home, "undo"));

        // Somebody holds the row, so that the run has kept its image and waits to change it.
        await using (var holder = await database.OpenAsync())
        await using (var transaction = await holder.BeginTransactionAsync())
        {
            await using var hold = holder.CreateCommand();
            hold.CommandText = "SELECT 1 FROM sellers WHERE id = 1 FOR UPDATE";
            await hold.ExecuteScalarAsync();
            using var process = cli.Start(new Dictionary<string, string>(), "run", "sellers.yaml");
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            const string waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted";
            while (await database.ScalarAsync<long>(waiting, limit.Token) == 0)
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            process.Kill();
            await cli.EndAsync(process);
        }
        var images = Directory.GetDirectories(Path.Combine(cli.Home, "undo")).Except(folders).ShouldHaveSingleItem();

        var undo = (await cli.RunAsync("undo", Path.GetFileName(images), "--json")).ShouldExit(0).Json;

        Counts(undo.GetProperty("result")).ShouldBe((0, 0, 1, 0, 0));
        (await database.ScalarAsync<string[]>($"SELECT array({Rows})")).ShouldBe(before);
    }

    [Fact]
    public async Task A_value_that_its_column_cannot_carry_is_not_taken_for_null()
    {
        using var cli = new CliRunner();
        cli.Write(
            "p.yaml",
            "name: p\nsource: {type: csv, path: p.csv}\ntarget: {type: sqlite, path: sellers.db, table: p}\nkey: id\ncolumns: {id: {type: int32}, n: {type: int32}}\n"
        );
        cli.Write("p.csv", "id,n\n1,\n2,\n");
        await RunAsync(cli, "p.yaml");
        cli.Write("p.csv", "id,n\n1,5\n2,6\n");
        var run = await RunAsync(cli, "p.yaml");
        await ExecuteAsync(cli, "UPDATE p SET n = 'abc' WHERE id = 1");

        var undo = (await cli.RunAsync("undo", run, "--json")).ShouldExit(1).Json.GetProperty("result");

        Counts(undo).ShouldBe((1, 0, 0, 1, 0));
        (await ScalarAsync(cli.PathOf("sellers.db"), "SELECT n FROM p WHERE id = 1")).ShouldBe("abc");

        // A run overwrites it; what it overwrote was no row that could be kept.
        var next = await RunAsync(cli, "p.yaml");
        var rest = (await cli.RunAsync("undo", next, "--json")).ShouldExit(1).Json;
        rest.GetProperty("error").GetProperty("code").GetString().ShouldBe("images_not_kept");
        rest.GetProperty("result").GetProperty("counts").GetProperty("not_kept").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task A_run_whose_pipeline_file_moved_is_undone_with_the_new_one()
    {
        using var cli = new CliRunner();
        var run = await ChangeAsync(cli, "{type: sqlite, path: sellers.db, table: sellers}");
        File.Move(cli.PathOf("sellers.yaml"), cli.PathOf("moved.yaml"));

        (await cli.RunAsync("undo", run, "--json"))
            .ShouldExit(2)
            .Json.GetProperty("error")
            .GetProperty("code")
            .GetString()
            .ShouldBe("file_missing");
        (await cli.RunAsync("undo", run, "--file", "moved.yaml")).ShouldExit(0);

        (await ReadAsync(cli)).ShouldBe([.. Before, "7|Gil|Porto"]);
    }

    [Fact]
    public async Task A_pipeline_that_writes_elsewhere_by_now_is_refused_unless_its_file_is_named()
    {
        using var cli = new CliRunner();
        var run = await ChangeAsync(cli, "{type: sqlite, path: sellers.db, table: sellers}");
        File.Move(cli.PathOf("sellers.db"), cli.PathOf("other.db"));
        cli.Write("sellers.yaml", File.ReadAllText(cli.PathOf("sellers.yaml")).Replace("sellers.db", "other.db"));

        (await cli.RunAsync("undo", run, "--json"))
            .ShouldExit(2)
            .Json.GetProperty("error")
            .GetProperty("code")
            .GetString()
            .ShouldBe("target_differs");
        (await cli.RunAsync("undo", run, "--file", "sellers.yaml")).ShouldExit(0);
    }

    [Fact]
    public async Task A_run_that_is_unknown_or_kept_nothing_is_told_apart()
    {
        using var cli = new CliRunner();
        var unknown = (await cli.RunAsync("undo", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "--json")).ShouldExit(2).Json;
        unknown.GetProperty("error").GetProperty("code").GetString().ShouldBe("run_missing");
        var run = await ChangeAsync(cli, "{type: sqlite, path: sellers.db, table: sellers}", "undo: false\n");

        var missing = (await cli.RunAsync("undo", run, "--json")).ShouldExit(1).Json;
        missing.GetProperty("error").GetProperty("code").GetString().ShouldBe("images_missing");

        var runs = (await cli.RunAsync("runs", "--json")).Json.GetProperty("result").GetProperty("runs");
        var first = runs[runs.GetArrayLength() - 1].GetProperty("run_id").GetString()!;
        var nothing = (await cli.RunAsync("undo", first, "--json")).ShouldExit(0).Json.GetProperty("result");
        nothing.GetProperty("run_id").ValueKind.ShouldBe(JsonValueKind.Null);
        Counts(nothing).ShouldBe((0, 0, 0, 0, 6));
    }

    [Fact]
    public async Task An_undo_settles_no_dead_letters_and_counts_as_no_sync()
    {
        using var cli = new CliRunner();
        var run = await ChangeAsync(cli, "{type: sqlite, path: sellers.db, table: sellers}");
        File.AppendAllText(cli.PathOf("sellers.csv"), "x,Bad,Key\n");
        (await cli.RunAsync("run", "sellers.yaml")).ShouldExit(1);

        (await cli.RunAsync("undo", run)).ShouldExit(0);

        (await cli.RunAsync("dead-letters", "list", "--json"))
            .Json.GetProperty("result")
            .GetProperty("dead_letters")[0]
            .GetProperty("state")
            .GetString()
            .ShouldBe("pending");
        (await ScalarAsync(Path.Combine(cli.Home, "trueup.db"), "SELECT success_count FROM sync_status")).ShouldBe("3");
    }

    private static async Task TellAsync(
        CliRunner cli,
        string target,
        Func<string, Task> execute,
        Func<Task<string[]>> read
    )
    {
        var run = await ChangeAsync(cli, target);
        (await read()).ShouldBe(["1|Anna|Lisboa", "2|Bruno|Braga", "5|Emeka|Lagos", "6|Fay|Bergen", "7|Gil|Porto"]);
        await execute("UPDATE sellers SET city = 'Evora' WHERE id = 2");
        await execute("INSERT INTO sellers (id, name, city) VALUES (3, 'Somebody', 'else')");

        var partly = (await cli.RunAsync("undo", run, "--json")).ShouldExit(1).Json;

        partly.GetProperty("error").GetProperty("code").GetString().ShouldBe("conflicts");
        var result = partly.GetProperty("result");
        Counts(result).ShouldBe((2, 1, 0, 2, 1));
        result.GetProperty("verdict").GetString().ShouldBe("incomplete");
        result
            .GetProperty("conflicts")
            .EnumerateArray()
            .Select(c => (c.GetProperty("key").GetString(), c.GetProperty("reason").GetString()))
            .Order()
            .ShouldBe([("2", "the row was changed after the run"), ("3", "another row has the key by now")]);
        (await read()).ShouldBe([
            "1|Ana|Lisboa",
            "2|Bruno|Evora",
            "3|Somebody|else",
            "4|Doro|Leipzig",
            "5|Emeka|Lagos",
            "6|Fay|Oslo",
            "7|Gil|Porto",
        ]);

        await execute("UPDATE sellers SET city = 'Braga' WHERE id = 2");
        await execute("DELETE FROM sellers WHERE id = 3");
        var rest = (await cli.RunAsync("undo", run, "--json")).ShouldExit(0).Json.GetProperty("result");
        Counts(rest).ShouldBe((1, 1, 3, 0, 1));
        rest.GetProperty("verdict").GetString().ShouldBe("verified");
        (await read()).ShouldBe([.. Before, "7|Gil|Porto"]);

        (await cli.RunAsync("receipt", "check", rest.GetProperty("receipt").GetString()!)).ShouldExit(0);
        var receipt = File.ReadAllText(rest.GetProperty("receipt").GetString()!);
        receipt.ShouldContain("\"kind\": \"undo\"");
        receipt.ShouldContain(run);
        receipt.ShouldNotContain("Taipei");
        (await cli.RunAsync("runs", "show", "last")).Error.ShouldContain($"undid      {run}");
        (await cli.RunAsync("runs", "--key", "3", "--json"))
            .Json.GetProperty("result")
            .GetProperty("runs")[0]
            .GetProperty("undone_run")
            .GetString()
            .ShouldBe(run);

        (await cli.RunAsync("undo", run)).ShouldExit(0).Error.ShouldContain("nothing was changed");
        (await cli.RunAsync("run", "sellers.yaml")).ShouldExit(0).Error.ShouldContain("verified");
        (await read())[0].ShouldBe("1|Anna|Lisboa");
    }

    // A first load, then a run that updates 1, 2 and 6, deletes 3 and 4 and creates 7; returns the latter.
    private static async Task<string> ChangeAsync(CliRunner cli, string target, string more = "")
    {
        cli.Write(
            "sellers.yaml",
            $"name: sellers\nsource: {{type: csv, path: sellers.csv}}\ntarget: {target}\nkey: id\ncolumns: {{id: {{type: int32}}}}\nmax_deletes: 50%\n{more}"
        );
        cli.Write(
            "sellers.csv",
            "id,name,city\n1,Ana,Lisboa\n2,Bruno,\n3,Chen,Taipei\n4,Doro,Leipzig\n5,Emeka,Lagos\n6,Fay,Oslo\n"
        );
        await RunAsync(cli, "sellers.yaml");
        cli.Write(
            "sellers.csv",
            "id,name,city\n1,Anna,Lisboa\n2,Bruno,Braga\n5,Emeka,Lagos\n6,Fay,Bergen\n7,Gil,Porto\n"
        );
        return await RunAsync(cli, "sellers.yaml");
    }

    private static async Task<string> RunAsync(CliRunner cli, string file) =>
        (await cli.RunAsync("run", file, "--json"))
            .ShouldExit(0)
            .Json.GetProperty("result")
            .GetProperty("run_id")
            .GetString()!;

    private static (long Updates, long Deletes, long Already, long Conflicts, long Created) Counts(JsonElement result)
    {
        var counts = result.GetProperty("counts");
        long Of(string name) => counts.GetProperty(name).GetInt64();
        return (
            Of("restored_updates"),
            Of("restored_deletes"),
            Of("already_back"),
            Of("conflicts"),
            Of("created_left")
        );
    }

    private static async Task ExecuteAsync(CliRunner cli, string sql)
    {
        await using var connection = await OpenAsync(cli.PathOf("sellers.db"));
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string[]> ReadAsync(CliRunner cli)
    {
        await using var connection = await OpenAsync(cli.PathOf("sellers.db"));
        await using var command = connection.CreateCommand();
        command.CommandText = Rows;
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }
        return [.. rows];
    }

    private static async Task<string> ScalarAsync(string path, string sql)
    {
        await using var connection = await OpenAsync(path);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return $"{await command.ExecuteScalarAsync()}";
    }

    private static async Task<SqliteConnection> OpenAsync(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}

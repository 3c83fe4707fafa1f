using System.Text.Json;
using TrueUp.Testing;
using TrueUp.Testing.Postgres;

namespace TrueUp.Cli.Tests.Acceptance;

/// <summary>Real airports through the command, into both kinds of target, with damage done behind its back.</summary>
public sealed class AirportsTests(PostgresCluster cluster)
{
    private static readonly string[] Damage =
    [
        "DELETE FROM airports WHERE iata IN ('00M', 'ZZV')",
        "UPDATE airports SET city = 'Nowhere' WHERE iata = '00R'",
        "UPDATE airports SET state = NULL WHERE iata = 'ORD'",
        "UPDATE airports SET name = CASE iata WHEN '00V' THEN 'Perry-Warsaw' ELSE 'Meadow Lake' END WHERE iata IN ('00V', '01G')",
        "INSERT INTO airports (iata, name) VALUES ('QQQQ', 'not there')",
    ];

    [Fact]
    public async Task Airports_into_SQLite_are_proven_and_damage_is_named_and_repaired()
    {
        using var cli = new CliRunner();
        await TellAsync(cli, $"{{type: sqlite, path: airports.db, table: airports}}", [], async sql =>
        {
            await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={cli.PathOf("airports.db")};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        });
    }

    [Fact]
    public async Task Airports_into_PostgreSQL_are_proven_and_damage_is_named_and_repaired()
    {
        using var cli = new CliRunner();
        await using var database = await cluster.CreateDatabaseAsync();
        var environment = new Dictionary<string, string> { ["AIRPORTS"] = database.Url };
        await TellAsync(cli, "{type: postgres, connection: '${AIRPORTS}', table: airports}", environment, sql => database.ExecuteAsync(sql));
    }

    [Fact]
    public async Task The_weather_of_Seattle_is_proven_with_its_types()
    {
        using var cli = new CliRunner();
        await using var database = await cluster.CreateDatabaseAsync();
        cli.Write("weather.yaml", $"name: weather\nsource: {{type: csv, path: {Data("seattle-weather.csv")}}}\ntarget: {{type: postgres, connection: '{database.Url}', table: weather}}\nkey: date\n");
        var result = (await cli.RunAsync("run", "weather.yaml", "--json")).ShouldExit(0).Json.GetProperty("result");
        result.GetProperty("counts").GetProperty("target").GetInt64().ShouldBe(1461);
        (await database.ScalarAsync<string>("SELECT string_agg(data_type, ',' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_name = 'weather'"))
            .ShouldBe("date,numeric,numeric,numeric,numeric,text");
        (await database.ScalarAsync<decimal>("SELECT precipitation FROM weather WHERE date = '2012-01-02'")).ShouldBe(10.9m);
    }

    [Fact]
    public async Task A_database_is_mirrored_table_by_table_with_wildcards()
    {
        using var cli = new CliRunner();
        await using var from = await cluster.CreateDatabaseAsync();
        await using var to = await cluster.CreateDatabaseAsync();
        await from.ExecuteAsync("""
            CREATE SCHEMA shop;
            CREATE TABLE shop.orders (id bigint PRIMARY KEY, at timestamptz, total numeric(12, 2), tags text[]);
            CREATE TABLE shop."Odd Name" ("Id" int PRIMARY KEY, "Value" jsonb);
            CREATE TABLE shop.keyless (note text);
            INSERT INTO shop.orders SELECT i, now(), i / 7.0, ARRAY['a', i::text] FROM generate_series(1, 5000) i;
            INSERT INTO shop."Odd Name" SELECT i, jsonb_build_object('i', i) FROM generate_series(1, 100) i;
            """);
        cli.Write("shop.yaml", $"name: shop\nsource: {{type: postgres, connection: '{from.Url}', tables: ['shop.*']}}\ntarget: {{type: postgres, connection: '{to.Url}'}}\n");
        var run = (await cli.RunAsync("run", "shop.yaml", "--json")).ShouldExit(2).Json;
        run.GetProperty("error").GetProperty("code").GetString().ShouldBe("no_key");
        var units = run.GetProperty("result").GetProperty("units").EnumerateArray().ToDictionary(u => u.GetProperty("unit").GetString()!, u => u.GetProperty("status").GetString());
        units["shop.orders"].ShouldBe("completed");
        units["shop.\"Odd Name\""].ShouldBe("completed");
        units["shop.keyless"].ShouldBe("failed");
        (await to.ScalarAsync<long>("SELECT count(*) FROM shop.orders")).ShouldBe(5000);
        (await to.ScalarAsync<long>("SELECT count(*) FROM shop.\"Odd Name\" WHERE \"Value\" ->> 'i' = \"Id\"::text")).ShouldBe(100);
    }

    private static async Task TellAsync(CliRunner cli, string target, Dictionary<string, string> environment, Func<string, Task> damage)
    {
        cli.Write("airports.yaml", $"name: airports\nsource: {{type: csv, path: {Data("airports.csv")}}}\ntarget: {target}\nkey: iata\n");
        var first = (await cli.RunAsync(environment, "run", "airports.yaml", "--json")).ShouldExit(0).Json.GetProperty("result");
        first.GetProperty("verification").GetProperty("verdict").GetString().ShouldBe("verified");
        first.GetProperty("counts").GetProperty("created").GetInt64().ShouldBe(3376);
        foreach (var sql in Damage)
        {
            await damage(sql);
        }

        var found = (await cli.RunAsync(environment, "verify", "airports.yaml", "--json")).ShouldExit(1).Json.GetProperty("result").GetProperty("verification");
        found.GetProperty("verdict").GetString().ShouldBe("failed");
        Strings(found, "gaps").ShouldBe(["00M", "ZZV"], ignoreOrder: true);
        Strings(found, "extra").ShouldBe(["QQQQ"]);
        found.GetProperty("drift").EnumerateArray().Select(Describe).ShouldBe(
            [
                "00R city:Livingston≠Nowhere", "00V name:Meadow Lake≠Perry-Warsaw", "01G name:Perry-Warsaw≠Meadow Lake", "ORD state:IL≠",
            ], ignoreOrder: true);

        var repaired = (await cli.RunAsync(environment, "run", "airports.yaml", "--json")).ShouldExit(0).Json.GetProperty("result");
        repaired.GetProperty("verification").GetProperty("verdict").GetString().ShouldBe("repaired");
        repaired.GetProperty("counts").GetProperty("created").GetInt64().ShouldBe(2);
        repaired.GetProperty("counts").GetProperty("updated").GetInt64().ShouldBe(4);
        repaired.GetProperty("counts").GetProperty("deleted").GetInt64().ShouldBe(1);
        (await cli.RunAsync(environment, "verify", "airports.yaml", "--json")).ShouldExit(0);
        (await cli.RunAsync("receipt", "check", "last", "--json")).ShouldExit(0);
    }

    private static string Describe(JsonElement drift) => drift.GetProperty("key").GetString() + " " + string.Join(
        ';', drift.GetProperty("columns").EnumerateArray().Select(
            c => $"{c.GetProperty("column").GetString()}:{c.GetProperty("source").GetString()}≠{c.GetProperty("target").GetString()}"));

    private static IEnumerable<string?> Strings(JsonElement element, string name) => element.GetProperty(name).EnumerateArray().Select(e => e.GetString());

    private static string Data(string name) => RepositoryRoot.Combine("tests", "data", name);
}

using System.Text.Json;
using TrueUp.Testing.Postgres;

namespace TrueUp.Cli.Tests.Acceptance;

/// <summary>PostgreSQL tables that are hard to compare: copied, damaged, found, repaired.</summary>
public sealed class AwkwardTablesTests(PostgresCluster cluster)
{
    [Theory]
    [InlineData(
        "keys that are composite texts which both sides order differently",
        """
            CREATE TABLE t (a text COLLATE "sv-SE-x-icu", b varchar(20) COLLATE "de-DE-x-icu", v int, PRIMARY KEY (a, b));
            INSERT INTO t SELECT chr(196 + i % 40) || i % 97, lower(md5(i::text))::varchar(20), i FROM generate_series(1, 20000) AS i
            """,
        """CREATE TABLE t (a text COLLATE "C", b varchar(20) COLLATE "en-US-x-icu", v int, PRIMARY KEY (a, b))"""
    )]
    [InlineData(
        "keys with huge gaps, most rows in one lump, and no statistics",
        """
            CREATE TABLE t (id bigint PRIMARY KEY, v int) WITH (autovacuum_enabled = off);
            INSERT INTO t SELECT i, i FROM generate_series(1, 30000) AS i;
            INSERT INTO t SELECT 9000000000000000000 + i * 1000000000000, i FROM generate_series(1, 50) AS i;
            INSERT INTO t SELECT -9000000000000000000 + i, i FROM generate_series(1, 50) AS i
            """,
        ""
    )]
    [InlineData(
        "forty columns, most of them null",
        """
            DO $$ BEGIN EXECUTE 'CREATE TABLE t (id uuid PRIMARY KEY, v int, ' ||
              (SELECT string_agg(format('c%s %s', i, (ARRAY['int', 'text', 'numeric', 'timestamptz', 'char(9)', 'jsonb', 'bool', 'float8'])[1 + i % 8]), ', ')
               FROM generate_series(1, 40) AS i) || ')'; END $$;
            INSERT INTO t (id, v, c1, c12, c40) SELECT gen_random_uuid(), i, CASE WHEN i % 3 = 0 THEN 'text' END, CASE WHEN i % 5 = 0 THEN 'pad' END,
              CASE WHEN i % 7 = 0 THEN i END FROM generate_series(1, 5000) AS i
            """,
        ""
    )]
    public async Task A_table_is_copied_and_proven_and_its_damage_found(string about, string source, string target)
    {
        using var cli = new CliRunner();
        await using var from = await cluster.CreateDatabaseAsync();
        await using var to = await cluster.CreateDatabaseAsync();
        await from.ExecuteAsync(source);
        if (target.Length > 0)
        {
            await to.ExecuteAsync(target);
        }
        cli.Write(
            "awkward.yaml",
            $"name: awkward\nsource: {{type: postgres, connection: '{from.Url}', table: public.t}}\ntarget: {{type: postgres, connection: '{to.Url}', table: public.t}}\n"
        );
        (await RunAsync("run", 0)).ShouldBe("verified", about);
        (
            await to.ScalarAsync<long>(
                "SELECT count(*) FROM pg_constraint WHERE conrelid = 'public.t'::regclass AND contype = 'p'"
            )
        ).ShouldBe(1);

        await to.ExecuteAsync(
            """
            UPDATE public.t SET v = v + 1 WHERE v IN (117, 4711);
            UPDATE public.t SET v = NULL WHERE v = 199;
            DELETE FROM public.t WHERE v = 1001
            """
        );
        (await RunAsync("verify", 1)).ShouldBe("failed", about);
        (await RunAsync("run", 0)).ShouldBe("repaired", about);
        (await RunAsync("run", 0)).ShouldBe("verified", about);

        async Task<string?> RunAsync(string command, int exit)
        {
            var verification = (await cli.RunAsync(command, "awkward.yaml", "--json"))
                .ShouldExit(exit)
                .Json.GetProperty("result")
                .GetProperty("verification");
            if (command == "verify")
            {
                Total(verification, "gaps").ShouldBe(1, about);
                Total(verification, "drift").ShouldBe(3, about);
                Total(verification, "extra").ShouldBe(0, about);
            }
            return verification.GetProperty("verdict").GetString();
        }
    }

    private static int Total(JsonElement verification, string kind) => verification.GetProperty(kind).GetArrayLength();
}

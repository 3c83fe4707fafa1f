using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Postgres;

public sealed class DescribeTests(PostgresCluster cluster) : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await cluster.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Columns_have_their_logical_types_and_what_the_server_makes_of_them()
    {
        await _database.ExecuteAsync(
            """
            CREATE SCHEMA "My Types";
            CREATE TYPE "My Types"."Mood" AS ENUM ('a');
            CREATE DOMAIN amount AS numeric(10,2); CREATE DOMAIN big_amount AS amount; CREATE DOMAIN tags AS text[];
            CREATE TABLE "T" (
              "Id" int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n numeric(7,3) NOT NULL, w numeric(3,5), r numeric(4,-2),
              d big_amount, m "My Types"."Mood", l tags, a varchar(3)[], j json, b jsonb, s bpchar(4), "we""ird ä" timestamptz(3),
              g int8 GENERATED ALWAYS AS (n * 2) STORED);
            """
        );
        await using var source = PostgresFixture.Source(_database, "table", "\"T\"");
        var schema = await source.DescribeAsync(default);
        schema.Columns.ShouldBe([
            new("Id", LogicalType.Int32, Nullable: false) { Native = "integer" },
            new("n", LogicalType.DecimalOf(7, 3), Nullable: false) { Native = "numeric(7,3)" },
            new("w", LogicalType.DecimalOf(5, 5)) { Native = "numeric(3,5)" },
            new("r", LogicalType.DecimalOf(6, 0)) { Native = "numeric(4,-2)" },
            new("d", LogicalType.DecimalOf(10, 2)) { Native = "numeric(10,2)" },
            new("m", LogicalType.Raw("\"My Types\".\"Mood\"")),
            new("l", LogicalType.Raw("public.tags")),
            new("a", LogicalType.Raw("character varying(3)[]")),
            new("j", new LogicalType(LogicalKind.Json, Native: "json")) { Native = "json" },
            new("b", new LogicalType(LogicalKind.Json, Native: "jsonb")) { Native = "jsonb" },
            new("s", LogicalType.Text) { Native = "character(4)" },
            new("we\"ird ä", LogicalType.TimestampTz) { Native = "timestamp(3) with time zone" },
            new("g", LogicalType.Int64, Generated: true) { Native = "bigint" },
        ]);
        schema.Key.ShouldBe(["Id"]);
    }

    [Fact]
    public async Task Only_unique_indexes_that_hold_for_every_row_are_keys()
    {
        await _database.ExecuteAsync(
            """
            CREATE TABLE t (b int NOT NULL, a text NOT NULL, c int NOT NULL, n int, PRIMARY KEY (c, b));
            CREATE UNIQUE INDEX one ON t (a) INCLUDE (n); CREATE UNIQUE INDEX partial ON t (a, b) WHERE c > 0;
            CREATE UNIQUE INDEX expression ON t (lower(a)); CREATE UNIQUE INDEX nullable ON t (n); CREATE INDEX plain ON t (b);
            CREATE TABLE keyless (x int);
            """
        );
        await using var source = PostgresFixture.Source(_database, "table", "t");
        var schema = await source.DescribeAsync(default);
        schema.Key.ShouldBe(["c", "b"]);
        schema.UniqueKeys.Select(k => string.Join(",", k)).ShouldBe(["a"]);
        await using var keyless = PostgresFixture.Source(_database, "table", "keyless");
        (await keyless.DescribeAsync(default)).Key.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_query_is_described_without_its_rows_and_read_by_a_declared_key()
    {
        await _database.ExecuteAsync(
            """
            CREATE SCHEMA shop; CREATE TABLE shop.item (id int PRIMARY KEY, price numeric(8,2), name varchar(20));
            INSERT INTO shop.item VALUES (1, 1.50, 'one'), (2, NULL, 'two');
            """
        );
        await using var source = PostgresFixture.Connector.OpenSource(
            PostgresFixture.Side(
                $"{_database.ConnectionString};Search Path=shop",
                "query",
                "SELECT id, price, upper(name) AS \"Name\" FROM item -- all\n;"
            )
        );
        var schema = await source.DescribeAsync(default);
        schema.Columns.ShouldBe([
            new("id", LogicalType.Int32) { Native = "integer" },
            new("price", LogicalType.DecimalOf(8, 2)) { Native = "numeric(8,2)" },
            new("Name", LogicalType.Text) { Native = "text" },
        ]);
        var plan = PostgresFixture.PlanOf(schema, "id");
        await using var rows = await source.OpenAsync(plan, default);
        (await rows.SplitAsync(1, default)).ShouldBeNull();
        await using var every = rows;
        using var expected = Sample.Encode(
            plan.Schema,
            [
                ["1", "1.50", "ONE"],
                ["2", null, "TWO"],
            ]
        );
        (await rows.AllAsync()).ShouldBe(
            Enumerable.Range(0, 2).Select(i => Convert.ToBase64String(expected.Row(i))),
            ignoreOrder: true
        );
        (await rows.DigestAsync(Partitioning.ByBuckets(2), 3, default)).ShouldBe(
            Readings.Digest(expected, Partitioning.ByBuckets(2), 3)
        );
        using var key = Sample.Encode(
            plan.KeySchema,
            [
                ["2"],
            ]
        );
        (await rows.ReadByKeysAsync(key, default).TuplesAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_query_that_writes_is_refused()
    {
        await _database.ExecuteAsync(
            """
            CREATE TABLE t (id int); CREATE FUNCTION w() RETURNS int LANGUAGE sql AS 'INSERT INTO t VALUES (1) RETURNING id'
            """
        );
        await using var source = PostgresFixture.Source(_database, "query", "SELECT w() AS id");
        var plan = PostgresFixture.PlanOf(await source.DescribeAsync(default), "id");
        await using var rows = await source.OpenAsync(plan, default);
        (await Should.ThrowAsync<SideException>(rows.AllAsync())).Code.ShouldBe("target_read_only");
        (await _database.ScalarAsync<long>("SELECT count(*) FROM t")).ShouldBe(0);
    }

    [Fact]
    public async Task Wildcards_stand_for_tables_and_partitioned_tables()
    {
        await _database.ExecuteAsync(
            """
            CREATE SCHEMA sales; CREATE SCHEMA trueup; CREATE TABLE trueup.state (pipeline text);
            CREATE TABLE sales.order_1 (id int); CREATE TABLE sales.order_10 (id int); CREATE TABLE sales."Order X" (id int);
            CREATE TABLE public.b (id int); CREATE VIEW public.v AS SELECT 1 AS id;
            CREATE TABLE public.parted (id int) PARTITION BY RANGE (id); CREATE TABLE public.parted_1 PARTITION OF public.parted FOR VALUES FROM (0) TO (9);
            """
        );
        (await UnitsAsync("*")).ShouldBe(["public.b", "public.parted"]);
        (await UnitsAsync("*.*")).ShouldBe([
            "public.b",
            "public.parted",
            "sales.\"Order X\"",
            "sales.order_1",
            "sales.order_10",
        ]);
        (await UnitsAsync("sales.order_?")).ShouldBe(["sales.order_1"]);
        (await UnitsAsync("v", "sales.\"Order X\"", "b", "public.b", "absent")).ShouldBe([
            "public.v",
            "sales.\"Order X\"",
            "public.b",
            "absent",
        ]);
        (await Should.ThrowAsync<SideException>(() => UnitsAsync("nothing*"))).Code.ShouldBe("table_missing");
        var single = (
            await PostgresFixture.Connector.UnitsAsync(
                PostgresFixture.Side(_database.ConnectionString, "table", "Sales.X"),
                default
            )
        )[0];
        (single.Name, single.TargetTable).ShouldBe(("", "sales.x"));

        async Task<List<string>> UnitsAsync(params string[] entries)
        {
            var units = await PostgresFixture.Connector.UnitsAsync(
                PostgresFixture.Side(_database.ConnectionString, "tables", entries),
                default
            );
            units.ShouldAllBe(u =>
                u.TargetTable == u.Name && u.Source["table"] == u.Name && u.Source.List("tables").Count == 0
            );
            return [.. units.Select(u => u.Name)];
        }
    }

    [Theory]
    [InlineData("int2", "SELECT (i * 31 - 30000)::int2 FROM generate_series(1, 1900) i")]
    [InlineData("int4", "SELECT CASE WHEN i % 2 = 0 THEN i ELSE -2147483648 + i END FROM generate_series(1, 2000) i")]
    [InlineData("int8", "SELECT i::int8 * i * i * 1000000000 FROM generate_series(-1000, 1000) i")]
    [InlineData(
        "date",
        "SELECT '2000-01-01'::date + i * 300 FROM generate_series(-1000, 1000) i UNION SELECT 'infinity'"
    )]
    [InlineData(
        "timestamp",
        "SELECT '0001-01-01 BC'::timestamp + i * interval '1 month' FROM generate_series(1, 2000) i UNION SELECT '-infinity'"
    )]
    [InlineData(
        "timestamptz",
        "SELECT '2000-01-01'::timestamptz + i * interval '7 hours' FROM generate_series(-1000, 1000) i"
    )]
    [InlineData("uuid", "SELECT md5(i::text)::uuid FROM generate_series(1, 2000) i")]
    public async Task Ranges_of_every_ordered_kind_are_the_same_here_and_there(string type, string keys)
    {
        await _database.ExecuteAsync(
            $"CREATE TABLE t (k {type} PRIMARY KEY, n text); INSERT INTO t SELECT k, 'x' FROM ({keys}) AS q(k)"
        );
        await using var source = PostgresFixture.Source(_database, "table", "t");
        var plan = PostgresFixture.PlanOf(await source.DescribeAsync(default));
        await using var rows = await source.OpenAsync(plan, default);
        var ranges = (await rows.SplitAsync(100, default)).ShouldNotBeNull();
        ranges.Count.ShouldBeInRange(15, 25);
        foreach (
            var partitioning in (Partitioning[])
                [new(ranges, 1), new(ranges, 8), new([ranges[2], ranges[3], ranges[9]], 2)]
        )
        {
            SetDigest[] expected = new SetDigest[partitioning.Parts];
            await foreach (var batch in rows.ReadAsync(PartSelection.Everything, null, default))
            {
                using (batch)
                {
                    expected = [.. expected.Zip(Readings.Digest(batch, partitioning, 9), (a, b) => a + b)];
                }
            }
            var digests = await rows.DigestAsync(partitioning, 9, default);
            digests.ShouldBe(expected);
            if (partitioning.Buckets == 1)
            {
                digests.SkipLast(1).ShouldAllBe(d => d.Count >= 80 && d.Count <= 120);
            }

            foreach (var part in (int[])[0, partitioning.Parts - 1])
            {
                (
                    await rows.ReadKeysAsync(new PartSelection(partitioning, [part]), 9, default).TuplesAsync()
                ).Count.ShouldBe((int)expected[part].Count);
            }
        }
    }

    [Fact]
    public async Task A_hundred_scattered_ranges_are_chosen_exactly()
    {
        await _database.ExecuteAsync(
            "CREATE TABLE t (k int PRIMARY KEY); INSERT INTO t SELECT generate_series(0, 9999)"
        );
        await using var source = PostgresFixture.Source(_database, "table", "t");
        var plan = PostgresFixture.PlanOf(await source.DescribeAsync(default));
        await using var rows = await source.OpenAsync(plan, default);
        var bounds = Sample.Encode(plan.KeySchema, [.. Enumerable.Range(0, 200).Select(i => (string?[])[$"{i * 50}"])]);
        var values = Enumerable.Range(0, 200).Select(i => bounds.Row(i)[6..].ToArray()).ToList();
        Partitioning partitioning = new(
            [.. Enumerable.Range(0, 100).Select(i => new KeyRange(values[2 * i], values[(2 * i) + 1]))],
            1
        );
        (await rows.DigestAsync(partitioning, 0, default)).ShouldAllBe(d => d.Count == 50);
        (await rows.ReadAsync(new PartSelection(partitioning, null), null, default).TuplesAsync()).Count.ShouldBe(5000);
        (
            await rows.ReadAsync(new PartSelection(partitioning, [.. Enumerable.Range(0, 90)]), null, default)
                .TuplesAsync()
        ).Count.ShouldBe(4500);
        (await rows.ReadAsync(new PartSelection(partitioning, []), null, default).TuplesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_large_table_is_split_by_a_sample_without_statistics_despite_gaps_and_lumps()
    {
        // Nearly all keys lie close together, one lump far away; autovacuum is kept from looking.
        await _database.ExecuteAsync(
            """
            CREATE TABLE t (a int8, b int, filler text, PRIMARY KEY (a, b)) PARTITION BY HASH (a);
            CREATE TABLE t0 PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 0) WITH (autovacuum_enabled = false);
            CREATE TABLE t1 PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 1) WITH (autovacuum_enabled = false);
            INSERT INTO t SELECT CASE WHEN i % 10 = 0 THEN 9000000000000000000 - i ELSE i / 2 END, i, repeat('x', 400) FROM generate_series(1, 200000) i
            """
        );
        await using var source = PostgresFixture.Source(_database, "table", "t");
        var schema = await source.DescribeAsync(default);
        RowPlan plan = new([new("a", "a", LogicalType.Int64), new("b", "b", LogicalType.Int32)], [0, 1]);
        await using var rows = await source.OpenAsync(plan, default);
        var ranges = (await rows.SplitAsync(10_000, default)).ShouldNotBeNull();
        ranges.Count.ShouldBeInRange(14, 28);
        var digests = await rows.DigestAsync(new Partitioning(ranges, 1), 1, default);
        digests.Sum(d => d.Count).ShouldBe(200_000);
        digests.ShouldAllBe(d => d.Count < 25_000);
        schema.Key.ShouldBe(["a", "b"]);
    }
}

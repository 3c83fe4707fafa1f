using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Postgres;

public sealed class WriteTests(PostgresCluster cluster) : IAsyncLifetime
{
    private const long Seed = 11;

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await cluster.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Enums_arrays_documents_and_composites_are_created_updated_and_deleted_by_their_keys()
    {
        await _database.ExecuteAsync(
            """
            CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TYPE pair AS (a int, b text);
            CREATE TABLE t (m mood, d date, j jsonb, l int[], p pair, PRIMARY KEY (m, d));
            """
        );
        await using var writing = await BeginAsync("t");
        string?[][] rows =
        [
            ["sad", "2020-01-01", "{\"a\": 1}", "{1,2}", "(1,x)"],
            ["ok", "2020-01-01", null, null, null],
            ["ok", "2020-01-02", "[]", "{}", "(,)"],
        ];
        (await writing.ApplyAsync(ChangeKind.Create, rows, intoEmpty: true)).ShouldBeEmpty();
        (await writing.ApplyAsync(ChangeKind.Create, rows)).ShouldBe([0, 1, 2]);
        (
            await writing.ApplyAsync(
                ChangeKind.Update,
                [
                    ["ok", "2020-01-01", "{\"b\": 2}", "{9}", "(2,y)"],
                ],
                rows[1..2]
            )
        ).ShouldBeEmpty();
        (await writing.ApplyAsync(ChangeKind.Delete, rows[2..], rows[2..])).ShouldBeEmpty();
        (await _database.QueryAsync("SELECT m::text, j::text, l::text, p::text FROM t ORDER BY t.m")).ShouldBe([
            ["sad", "{\"a\": 1}", "{1,2}", "(1,x)"],
            ["ok", "{\"b\": 2}", "{9}", "(2,y)"],
        ]);
    }

    [Fact]
    public async Task Generated_columns_are_compared_and_not_written_and_identities_keep_the_values_they_are_given()
    {
        await _database.ExecuteAsync(
            """
            CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n int, twice int GENERATED ALWAYS AS (n * 2) STORED)
            """
        );
        await using var writing = await BeginAsync("t");
        (
            await writing.ApplyAsync(
                ChangeKind.Create,
                [
                    ["7", "1", "2"],
                    ["9", "2", "4"],
                ],
                intoEmpty: true
            )
        ).ShouldBeEmpty();
        (
            await writing.ApplyAsync(
                ChangeKind.Update,
                [
                    ["9", "5", "10"],
                ],
                [
                    ["9", "2", "4"],
                ]
            )
        ).ShouldBeEmpty();
        (
            await writing.ApplyAsync(
                ChangeKind.Update,
                [
                    ["7", "5", "10"],
                ],
                [
                    ["7", "1", "3"],
                ]
            )
        ).ShouldBe([0]);
        (await _database.QueryAsync("SELECT id, n, twice FROM t ORDER BY id")).ShouldBe([
            [7, 1, 2],
            [9, 5, 10],
        ]);
    }

    [Fact]
    public async Task Partitioned_tables_and_triggers_of_the_user_work()
    {
        await _database.ExecuteAsync(
            """
            CREATE TABLE log (id int);
            CREATE TABLE t (id int PRIMARY KEY, n text) PARTITION BY RANGE (id);
            CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10); CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20);
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO log VALUES (NEW.id); RETURN NEW; END';
            CREATE TRIGGER note AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION note();
            """
        );
        await using var writing = await BeginAsync("t");
        (
            await writing.ApplyAsync(
                ChangeKind.Create,
                [
                    ["5", "a"],
                    ["15", "b"],
                ],
                intoEmpty: true
            )
        ).ShouldBeEmpty();
        (
            await writing.ApplyAsync(
                ChangeKind.Create,
                [
                    ["6", "c"],
                    ["16", "d"],
                ]
            )
        ).ShouldBeEmpty();
        (
            await writing.ApplyAsync(
                ChangeKind.Delete,
                [
                    ["15", "b"],
                ],
                [
                    ["15", "b"],
                ]
            )
        ).ShouldBeEmpty();
        (await _database.QueryAsync("SELECT id FROM t ORDER BY id")).ShouldBe([
            [5],
            [6],
            [16],
        ]);
        (await _database.ScalarAsync<long>("SELECT count(*) FROM log")).ShouldBe(4);
        var fault = await Should.ThrowAsync<SideException>(() =>
            writing.ApplyAsync(
                ChangeKind.Create,
                [
                    ["99", "outside"],
                ]
            )
        );
        (fault.Code, fault.IsRecordFault).ShouldBe(("constraint_violation", true));
    }

    [Theory]
    [InlineData("varchar(3)", "abcd")]
    [InlineData("varchar(3)", "abc ")]
    [InlineData("bpchar(3)", "ab ")]
    [InlineData("timestamp(3)", "2020-01-01 00:00:00.0001")]
    [InlineData("time(0)", "00:00:00.5")]
    [InlineData("text CHECK (v <> 'forbidden')", "forbidden")]
    [InlineData("numeric(3,1)", "100")]
    [InlineData("jsonb", "{\"a\": \"\\u0000\"}")]
    public async Task A_value_that_would_be_refused_or_changed_is_its_records_fault(string type, string value)
    {
        await _database.ExecuteAsync($"CREATE TABLE t (id int PRIMARY KEY, v {type})");
        await using var writing = await BeginAsync("t", v => v.Kind == LogicalKind.Decimal ? LogicalType.Decimal : v);
        foreach (var intoEmpty in (bool[])[true, false])
        {
            var fault = await Should.ThrowAsync<SideException>(() =>
                writing.ApplyAsync(
                    ChangeKind.Create,
                    [
                        ["1", value],
                    ],
                    intoEmpty: intoEmpty
                )
            );
            fault.IsRecordFault.ShouldBeTrue();
            $"{fault.Message} {fault.InnerException}".ShouldNotContain(value);
        }
        (
            await writing.ApplyAsync(
                ChangeKind.Create,
                [
                    ["2", null],
                ]
            )
        ).ShouldBeEmpty();
        (await _database.ScalarAsync<int>("SELECT id FROM t")).ShouldBe(2);
    }

    [Fact]
    public async Task A_scope_limits_what_is_compared_changed_and_deleted()
    {
        await _database.ExecuteAsync(
            "CREATE TABLE t (id int PRIMARY KEY, region text); INSERT INTO t VALUES (1, 'north'), (2, 'south')"
        );
        await using var writing = await BeginAsync("t", owns: "region = 'north'");
        await using (var rows = await writing.Target.OpenAsync(writing.Plan, default))
        {
            (await rows.DigestAsync(Partitioning.Whole, 0, default))[0].Count.ShouldBe(1);
            (await rows.AllAsync()).Count.ShouldBe(1);
            (await rows.ReadKeysAsync(PartSelection.Everything, 0, default).TuplesAsync()).Count.ShouldBe(1);
            using var keys = Sample.Encode(
                writing.Plan.KeySchema,
                [
                    ["1"],
                    ["2"],
                ]
            );
            (await rows.ReadByKeysAsync(keys, default).TuplesAsync()).Count.ShouldBe(1);
        }
        (
            await writing.ApplyAsync(
                ChangeKind.Delete,
                [
                    ["1", "north"],
                    ["2", "south"],
                ],
                [
                    ["1", "north"],
                    ["2", "south"],
                ]
            )
        ).ShouldBe([1]);
        (
            await writing.ApplyAsync(
                ChangeKind.Create,
                [
                    ["2", "north"],
                    ["3", "north"],
                ]
            )
        ).ShouldBe([0]);
        (await _database.QueryAsync("SELECT id, region FROM t ORDER BY id")).ShouldBe([
            [2, "south"],
            [3, "north"],
        ]);
    }

    [Fact]
    public async Task Keys_that_the_database_calls_equal_and_we_do_not_are_told_apart()
    {
        await _database.ExecuteAsync(
            """
            CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
            CREATE TABLE t (id text COLLATE loose PRIMARY KEY, n int); INSERT INTO t VALUES ('Key', 1);
            CREATE TABLE i (id interval PRIMARY KEY, n int); INSERT INTO i VALUES ('1 month', 1)
            """
        );
        await using var writing = await BeginAsync("t");
        (
            await writing.ApplyAsync(
                ChangeKind.Delete,
                [
                    ["key", "1"],
                ],
                [
                    ["Key", "1"],
                ]
            )
        ).ShouldBe([0]);
        (
            await writing.ApplyAsync(
                ChangeKind.Delete,
                [
                    ["Key", "1"],
                ],
                [
                    ["Key", "1"],
                ]
            )
        ).ShouldBeEmpty();
        await using var intervals = await BeginAsync("i");
        (
            await intervals.ApplyAsync(
                ChangeKind.Delete,
                [
                    ["P30D", "1"],
                ],
                [
                    ["P1M", "1"],
                ]
            )
        ).ShouldBe([0]);
        (
            await intervals.ApplyAsync(
                ChangeKind.Delete,
                [
                    ["P1M", "1"],
                ],
                [
                    ["P1M", "1"],
                ]
            )
        ).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_changed_by_someone_else_in_the_meantime_are_conflicts()
    {
        await _database.ExecuteAsync(
            "CREATE TABLE t (id int PRIMARY KEY, n text); INSERT INTO t VALUES (1, 'a'), (2, 'b')"
        );
        await using var writing = await BeginAsync("t");
        await using var other = await _database.OpenAsync();
        await using (var transaction = await other.BeginTransactionAsync())
        {
            await using (Npgsql.NpgsqlCommand change = new("UPDATE t SET n = 'theirs' WHERE id = 1", other))
            {
                await change.ExecuteNonQueryAsync();
            }

            var update = writing.ApplyAsync(
                ChangeKind.Update,
                [
                    ["1", "ours"],
                    ["2", "ours"],
                ],
                [
                    ["1", "a"],
                    ["2", "b"],
                ]
            );
            while (await _database.ScalarAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0)
            {
                update.IsCompleted.ShouldBeFalse();
            }

            await transaction.CommitAsync();
            (await update).ShouldBe([0]);
        }
        (await _database.QueryAsync("SELECT n FROM t ORDER BY id")).ShouldBe([
            ["theirs"],
            ["ours"],
        ]);
    }

    [Fact]
    public async Task Schemas_and_odd_names_are_created_and_types_the_target_lacks_become_text()
    {
        await using var target = PostgresFixture.Target(_database, "\"New Schema\".\"My \"\"Table\"");
        (await target.DescribeAsync(default)).ShouldBeNull();
        (await target.CarrierForNewAsync(LogicalType.Raw("public.mood"), default)).ShouldBe(LogicalType.Text);
        (await target.CarrierForNewAsync(LogicalType.Raw("integer[]"), default)).ShouldBe(LogicalType.Raw("integer[]"));
        RowPlan plan = new(
            [
                new("a", "The Key", LogicalType.Uuid) { Nullable = false },
                new("b", "select", LogicalType.Raw("integer[]")),
            ],
            [0]
        );
        await target.PrepareAsync(plan, create: true, [], default);
        var schema = (await target.DescribeAsync(default)).ShouldNotBeNull();
        schema.Columns.ShouldBe([
            new("The Key", LogicalType.Uuid, Nullable: false) { Native = "uuid" },
            new("select", LogicalType.Raw("integer[]")),
        ]);
    }

    private async Task<Writing> BeginAsync(
        string table,
        Func<LogicalType, LogicalType>? carrier = null,
        string? owns = null
    )
    {
        var target = PostgresFixture.Target(_database, table, owns);
        var schema = (await target.DescribeAsync(default))!;
        RowPlan plan = new(
            [
                .. schema.Columns.Select(c => new PlannedColumn(c.Name, c.Name, carrier?.Invoke(c.Type) ?? c.Type)
                {
                    Written = !c.Generated,
                }),
            ],
            [.. schema.Key.Select(k => schema.Columns.ToList().FindIndex(c => c.Name == k))]
        );
        return new Writing(target, await target.BeginAsync("p", "r", null, plan, default), plan);
    }

    private sealed record Writing(ITarget Target, ITargetWriter Writer, RowPlan Plan) : IAsyncDisposable
    {
        public async Task<IReadOnlyList<int>> ApplyAsync(
            ChangeKind kind,
            string?[][] rows,
            string?[][]? expected = null,
            bool intoEmpty = false
        )
        {
            using var whole = Sample.Encode(Plan.Schema, rows);
            using var before = Sample.Encode(Plan.Schema, expected ?? []);
            using RowBatchBuilder keys = new(Plan.KeySchema);
            for (var i = 0; i < whole.Count; i++)
            {
                DigestRow.WriteKey(keys, Plan, whole.Row(i));
            }

            using var keyed = keys.Build();
            var batch = kind == ChangeKind.Delete ? keyed : whole;
            return await Writer.ApplyAsync(
                new ChangeBatch(kind, batch, Readings.Hashes(before, Seed), Seed) { IntoEmpty = intoEmpty },
                default
            );
        }

        public async ValueTask DisposeAsync()
        {
            await Writer.DisposeAsync();
            await Target.DisposeAsync();
        }
    }
}

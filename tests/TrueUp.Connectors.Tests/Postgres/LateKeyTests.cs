using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Postgres;

/// <summary>Tables that a run creates, and their keys, which come after the first load.</summary>
public sealed class LateKeyTests(PostgresCluster cluster) : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await cluster.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_created_table_has_the_source_s_own_types_and_gets_its_key_when_the_load_ends()
    {
        await using var target = PostgresFixture.Target(_database, "made");
        RowPlan plan = new(
            [
                new("a", "a", LogicalType.Int32) { Nullable = false, Native = "integer" },
                new("b", "b", LogicalType.Text) { Native = "character(4)" },
                new("c", "c", LogicalType.Text) { Native = "character varying(9)" },
            ],
            [0]
        );
        (await target.DescribeAsync(default)).ShouldBeNull();
        await target.PrepareAsync(plan, create: true, [], default);
        (await target.DescribeAsync(default))!.Key.ShouldBe(["a"], "as declared, although it is not built yet");
        (await KeysAsync("made")).ShouldBe(0);
        await using var writer = await target.BeginAsync("p", "r", null, plan, default);
        await CreateAsync(writer, plan, intoEmpty: true, ["1", "x", null], ["2", null, "y"]);
        await using (var open = await target.OpenAsync(plan, default))
        {
            await writer.BuildKeyAsync(default);
            (await open.DigestAsync(Partitioning.Whole, 1, default))[0].Count.ShouldBe(2, "readers are not in the way");
        }
        await writer.EndLoadAsync(default);
        (await KeysAsync("made")).ShouldBe(1);
        (
            await _database.ScalarAsync<string>(
                "SELECT string_agg(format_type(atttypid, atttypmod), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'made'::regclass AND attnum > 0"
            )
        ).ShouldBe("integer, character(4), character varying(9)");
        (await _database.ScalarAsync<long>("SELECT count(*) FROM trueup.late_key")).ShouldBe(0);
    }

    [Fact]
    public async Task A_load_that_was_broken_off_gets_its_key_before_the_next_writer_begins()
    {
        await using var target = PostgresFixture.Target(_database, "broken");
        RowPlan plan = new([new("a", "a", LogicalType.Int32) { Nullable = false }], [0]);
        await target.DescribeAsync(default);
        await target.PrepareAsync(plan, create: true, [], default);
        await using (var writer = await target.BeginAsync("p", "r", null, plan, default))
        {
            await CreateAsync(writer, plan, intoEmpty: true, ["1"], ["2"]);
        }
        (await KeysAsync("broken")).ShouldBe(0);
        await using var later = PostgresFixture.Target(_database, "broken");
        await using var next = await later.BeginAsync("p", "r2", null, plan, default);
        (await KeysAsync("broken")).ShouldBe(1);
        (await CreateAsync(next, plan, intoEmpty: false, ["2"], ["3"])).ShouldBe([0]);
    }

    [Fact]
    public async Task Rows_of_one_key_that_came_in_during_a_first_load_are_refused_when_the_key_is_built()
    {
        await using var target = PostgresFixture.Target(_database, "twice");
        RowPlan plan = new([new("a", "a", LogicalType.Int32) { Nullable = false }], [0]);
        await target.DescribeAsync(default);
        await target.PrepareAsync(plan, create: true, [], default);
        await using var writer = await target.BeginAsync("p", "r", null, plan, default);
        await CreateAsync(writer, plan, intoEmpty: true, ["1"], ["2"]);
        await _database.ExecuteAsync("INSERT INTO twice VALUES (2)");
        var error = await Should.ThrowAsync<SideException>(async () => await writer.BuildKeyAsync(default));
        error.Code.ShouldBe("target_key_not_unique");
        error.IsTransient.ShouldBeFalse();
    }

    [Fact]
    public async Task Two_pipelines_that_filled_one_table_end_their_loads_one_after_the_other()
    {
        RowPlan plan = new([new("a", "a", LogicalType.Int32) { Nullable = false }], [0]);
        await using var target = PostgresFixture.Target(_database, "shared", "a < 10");
        await target.DescribeAsync(default);
        await target.PrepareAsync(plan, create: true, [], default);
        await using var other = PostgresFixture.Target(_database, "shared", "a >= 10");
        await other.DescribeAsync(default);
        await using var low = await target.BeginAsync("low", "r", null, plan, default);
        await using var high = await other.BeginAsync("high", "r", null, plan, default);
        await CreateAsync(low, plan, intoEmpty: true, ["1"], ["2"]);
        await CreateAsync(high, plan, intoEmpty: true, ["10"]);
        foreach (var writer in (ITargetWriter[])[low, high, low])
        {
            await writer.BuildKeyAsync(default);
            await writer.EndLoadAsync(default);
        }
        (await KeysAsync("shared")).ShouldBe(1);
    }

    [Fact]
    public async Task A_table_whose_first_load_has_not_ended_has_no_key_as_a_source()
    {
        RowPlan plan = new([new("a", "a", LogicalType.Int32) { Nullable = false }], [0]);
        await using var target = PostgresFixture.Target(_database, "half");
        await target.DescribeAsync(default);
        await target.PrepareAsync(plan, create: true, [], default);
        (await target.DescribeAsync(default))!.IsUnique(["a"]).ShouldBeTrue();
        await using var source = PostgresFixture.Source(_database, "table", "half");
        (await source.DescribeAsync(default)).IsUnique(["a"]).ShouldBeFalse("nothing keeps it unique yet");
    }

    [Fact]
    public async Task Whoever_may_not_see_our_state_can_still_read_and_verify_tables_without_a_key()
    {
        RowPlan plan = new([new("a", "a", LogicalType.Int32) { Nullable = false }], [0]);
        await using (var target = PostgresFixture.Target(_database, "mine"))
        {
            await target.DescribeAsync(default);
            await target.PrepareAsync(plan, create: true, [], default);
        }
        var reader = $"late_{_database.Name}";
        await _database.ExecuteAsync(
            $"CREATE TABLE public.keyless (a int NOT NULL); CREATE ROLE {reader} LOGIN PASSWORD 'x'; GRANT SELECT ON public.keyless, mine TO {reader}"
        );
        try
        {
            var connection = new Npgsql.NpgsqlConnectionStringBuilder(_database.ConnectionString)
            {
                Username = reader,
                Password = "x",
            }.ConnectionString;
            foreach (var table in (string[])["public.keyless", "mine"])
            {
                var side = PostgresFixture.Side(connection, "table", table);
                await using var source = PostgresFixture.Connector.OpenSource(side);
                (await source.DescribeAsync(default)).Key.ShouldBeEmpty();
                await using var target = PostgresFixture.Connector.OpenTarget(side);
                (await target.DescribeAsync(default))!.Key.ShouldBeEmpty();
            }
        }
        finally
        {
            await _database.ExecuteAsync($"DROP OWNED BY {reader}; DROP ROLE {reader}");
        }
    }

    private Task<long> KeysAsync(string table) =>
        _database.ScalarAsync<long>(
            $"SELECT count(*) FROM pg_constraint WHERE conrelid = '{table}'::regclass AND contype = 'p' AND conname = '{table}_pkey'"
        );

    private static async Task<IReadOnlyList<int>> CreateAsync(
        ITargetWriter writer,
        RowPlan plan,
        bool intoEmpty,
        params string?[][] rows
    )
    {
        using var batch = Sample.Encode(plan.Schema, rows);
        return await writer.ApplyAsync(
            new ChangeBatch(ChangeKind.Create, batch, default, 0) { IntoEmpty = intoEmpty },
            default
        );
    }
}

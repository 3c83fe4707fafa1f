using TrueUp.Digests;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;

namespace TrueUp.Connectors.Tests.Sqlite;

/// <summary>Tables, views and queries as sources.</summary>
public sealed class SqliteSourceTests : IDisposable
{
    private readonly TestFile _file = new();

    [Fact]
    public async Task A_table_tells_its_key_its_unique_columns_and_what_it_computes()
    {
        _file.Execute(
            """"
            CREATE TABLE "Odd ""Table""" (
              b TEXT NOT NULL, a INTEGER NOT NULL, "e mail" TEXT NOT NULL UNIQUE, nick TEXT UNIQUE,
              twice INTEGER AS (a * 2), stored TEXT AS (b || '!') STORED, PRIMARY KEY (a, b)) WITHOUT ROWID;
            INSERT INTO "Odd ""Table""" (a, b, "e mail") VALUES (1, 'x', 'y')
            """"
        );
        await using var source = _file.Source("\"Odd \"\"Table\"\"\"");
        var schema = await source.DescribeAsync(default);
        schema.Columns.Select(c => c.Name).ShouldBe(["b", "a", "e mail", "nick", "twice", "stored"]);
        schema.Columns.Select(c => c.Generated).ShouldBe([false, false, false, false, true, true]);
        schema.Columns.Select(c => c.Nullable).ShouldBe([false, false, false, true, true, true]);
        schema.Key.ShouldBe(["a", "b"]);
        schema.IsUnique(["e mail"]).ShouldBeTrue();
        schema.IsUnique(["nick"]).ShouldBeFalse("it holds nulls");
        source.Name.ShouldEndWith("(Odd \"Table\")");
    }

    [Fact]
    public async Task A_view_can_be_read_and_has_no_key()
    {
        _file.Execute(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'a'), (2, 'b'); CREATE VIEW w AS SELECT id, upper(v) AS v FROM t"
        );
        await using var source = _file.Source("w");
        (await source.DescribeAsync(default)).Key.ShouldBeEmpty();
        var plan = Tables.Plan(("id", LogicalType.Int64), ("v", LogicalType.Text));
        await using var rows = await source.OpenAsync(plan, default);
        rows.CanSeek.ShouldBeFalse();
        (await rows.SplitAsync(10, default)).ShouldBeNull();
        (await rows.RowsAsync(plan)).Select(r => r[1]).ShouldBe(["A", "B"]);
    }

    [Theory]
    [InlineData("SELECT id, v FROM t; ")]
    [InlineData("SELECT id, v FROM t -- the sellers")]
    [InlineData("WITH x AS (SELECT * FROM t) SELECT id, v FROM x")]
    public async Task A_query_can_be_read(string query)
    {
        _file.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'a')");
        await using var source = _file.Query(query);
        (await source.TypesAsync()).ShouldBe([LogicalType.Int64, LogicalType.Text]);
        var plan = Tables.Plan(("v", LogicalType.Text), ("id", LogicalType.Int64));
        await using var rows = await source.OpenAsync(plan, default);
        (await rows.RowsAsync(plan)).ShouldHaveSingleItem().ShouldBe(["a", "1"]);
    }

    [Theory]
    [InlineData("DELETE FROM t RETURNING id", "bad_query")]
    [InlineData("SELECT 1 AS a; SELECT 2 AS b", "bad_query")]
    [InlineData("-- nothing", "bad_query")]
    [InlineData("SELECT id, 1 AS ID FROM t", "bad_query")]
    [InlineData("SELECT nothing FROM t", "sql_error")]
    public async Task A_query_that_is_not_one_SELECT_is_refused(string query, string code)
    {
        _file.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
        await using var source = _file.Query(query);
        (await Tables.FailureAsync(async () => await source.DescribeAsync(default))).Code.ShouldBe(code);
        _file.Scalar("SELECT count(*) FROM t").ShouldBe(1L);
    }

    [Theory]
    [InlineData("wal")]
    [InlineData("delete")]
    public async Task A_snapshot_stays_while_others_write_or_keeps_them_out(string journal)
    {
        _file.Execute(
            $"PRAGMA journal_mode = {journal}; CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'a')"
        );
        await using var source = _file.Source();
        await source.DescribeAsync(default);
        var plan = Tables.Plan(("id", LogicalType.Int64), ("v", LogicalType.Text));
        await using var rows = await source.OpenAsync(plan, default);
        if (journal == "wal")
        {
            _file.Execute("INSERT INTO t VALUES (2, 'b')");
        }
        else
        {
            Should.Throw<Microsoft.Data.Sqlite.SqliteException>(() => _file.Execute("INSERT INTO t VALUES (2, 'b')"));
        }

        (await rows.RowsAsync(plan)).ShouldHaveSingleItem();
        await rows.CheckUnchangedAsync(default);
    }

    [Theory]
    [InlineData("wal")]
    [InlineData("delete")]
    public async Task Equal_positions_mean_equal_data(string journal)
    {
        _file.Execute(
            $"PRAGMA journal_mode = {journal}; CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)"
        );
        using var open = _file.Open();
        var first = await PositionAsync();
        (await PositionAsync()).ShouldBe(first);
        _file.Execute("UPDATE t SET id = 2");
        var second = await PositionAsync();
        second.ShouldNotBe(first);
        (await PositionAsync()).ShouldBe(second);
        _file.Execute("UPDATE t SET id = 3");
        (await PositionAsync()).ShouldNotBe(second);
    }

    [Fact]
    public async Task Rows_with_a_null_key_keep_a_source_from_being_sought()
    {
        _file.Execute(
            "CREATE TABLE t (id TEXT PRIMARY KEY, v TEXT); INSERT INTO t VALUES ('a', 'x'), (NULL, 'y'), (NULL, 'z')"
        );
        await using var source = _file.Source();
        (await source.DescribeAsync(default)).Columns[0].Nullable.ShouldBeTrue();
        await using var rows = await source.OpenAsync(
            Tables.Plan(("id", LogicalType.Text), ("v", LogicalType.Text)),
            default
        );
        rows.CanSeek.ShouldBeFalse();
    }

    [Fact]
    public async Task Keys_that_differ_in_case_alone_are_different_keys()
    {
        _file.Execute(
            "CREATE TABLE t (id TEXT COLLATE NOCASE PRIMARY KEY, v TEXT) WITHOUT ROWID; INSERT INTO t VALUES ('Abc', 'x')"
        );
        await using var source = _file.Source();
        await source.DescribeAsync(default);
        var plan = Tables.Plan(("id", LogicalType.Text), ("v", LogicalType.Text));
        await using var rows = await source.OpenAsync(plan, default);
        rows.CanSeek.ShouldBeTrue();
        using var keys = Sample.Encode(
            plan.KeySchema,
            [
                ["abc"],
                ["Abc"],
            ]
        );
        (await rows.ReadByKeysAsync(keys, default).TuplesAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Ranges_of_a_composite_key_follow_its_first_column_even_where_it_repeats()
    {
        _file.Execute(
            """
            CREATE TABLE t (a INT4 NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b));
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
            INSERT INTO t SELECT CASE WHEN i < 500 THEN -2147483648 ELSE i END, i FROM n
            """
        );
        await using var source = _file.Source();
        await source.DescribeAsync(default);
        RowPlan plan = new([new("a", "a", LogicalType.Int32), new("b", "b", LogicalType.Text)], [0, 1]);
        await using var rows = await source.OpenAsync(plan, default);
        var ranges = (await rows.SplitAsync(100, default)).ShouldNotBeNull();
        var digests = await rows.DigestAsync(new Partitioning(ranges, 1), 1, default);
        digests.Select(d => d.Count).ShouldBe([500, 100, 100, 100, 100, 100]);
        digests.Aggregate((x, y) => x + y).ShouldBe((await rows.DigestAsync(Partitioning.Whole, 1, default))[0]);
        Partitioning gap = new([ranges[1], ranges[4]], 1);
        (await rows.DigestAsync(gap, 1, default)).ShouldBe([digests[1], digests[4]]);
    }

    [Fact]
    public async Task Tables_with_wildcards_become_units()
    {
        _file.Execute(
            "CREATE TABLE orders (id); CREATE TABLE order_lines (id); CREATE TABLE \"a b\" (id); CREATE TABLE trueup_state (id); CREATE VIEW orders_view AS SELECT 1"
        );
        SideDefinition side = _file.Side().With("tables", "order*", "\"a b\"", "missing", "orders");
        var units = await TestFile.Connector.UnitsAsync(side, default);
        units.Select(u => u.Name).ShouldBe(["order_lines", "orders", "a b", "missing"]);
        await using var source = TestFile.Connector.OpenSource(units[2].Source);
        (await source.DescribeAsync(default)).Columns.ShouldHaveSingleItem();
        await using var missing = TestFile.Connector.OpenSource(units[3].Source);
        (await Tables.FailureAsync(async () => await missing.DescribeAsync(default))).Code.ShouldBe("table_missing");
        (await TestFile.Connector.UnitsAsync(_file.Side().With("tables", "*"), default))
            .Select(u => u.Name)
            .ShouldNotContain("trueup_state");
        (await TestFile.Connector.UnitsAsync(_file.Side(("table", "orders")), default))
            .ShouldHaveSingleItem()
            .Name.ShouldBe("");
    }

    [Fact]
    public void Options_that_contradict_each_other_are_findings()
    {
        var side = _file.Side(("table", "t"), ("query", "SELECT 1"), ("busy_timeout", "-1")).Without("path");
        TestFile
            .Connector.Validate(side, SideRole.Source)
            .Select(f => f.Path)
            .ShouldBe(["source.path", "source.query", "source.busy_timeout"]);
        TestFile.Connector.Validate(_file.Side(), SideRole.Source).ShouldHaveSingleItem().Path.ShouldBe("source.table");
        TestFile.Connector.Validate(_file.Side(("table", "t")), SideRole.Source).ShouldBeEmpty();
        TestFile.Connector.Validate(_file.Side(), SideRole.Target).ShouldBeEmpty();
        foreach (var role in (SideRole[])[SideRole.Source, SideRole.Target])
        {
            TestFile.Connector.Options("sqlite", role).Single(o => o.Required).Name.ShouldBe("path");
        }
    }

    public void Dispose() => _file.Dispose();

    private async Task<SidePosition> PositionAsync()
    {
        await using var source = _file.Source();
        await source.DescribeAsync(default);
        await using var rows = await source.OpenAsync(Tables.Plan(("id", LogicalType.Int64)), default);
        return rows.Position;
    }
}

using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;

namespace TrueUp.Connectors.Tests.Sqlite;

/// <summary>Tables of our own making, and other people's.</summary>
public sealed class SqliteTargetTests : IDisposable
{
    private static readonly RowPlan Simple = Tables.Plan(("id", LogicalType.Int64), ("v", LogicalType.Text));

    private readonly TestFile _file = new();

    [Fact]
    public async Task Looking_at_a_missing_file_creates_nothing()
    {
        await using var target = _file.Target();
        (await target.DescribeAsync(default)).ShouldBeNull();
        (await target.ReadStateAsync("p", default)).ShouldBeNull();
        (await Tables.FailureAsync(async () => await target.OpenAsync(Simple, default))).Code.ShouldBe("file_missing");
        Directory.EnumerateFileSystemEntries(_file.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_target_that_must_exist_is_not_created()
    {
        await using var target = _file.Target("t", ("create", "false"));
        (
            await Tables.FailureAsync(async () => await target.PrepareAsync(Simple, create: true, [], default))
        ).Code.ShouldBe("table_missing");
        Directory.EnumerateFileSystemEntries(_file.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_of_ours_is_made_with_its_folders_and_leaves_one_file_behind()
    {
        var side = _file.Side(("table", "t")).With("path", Path.Combine(_file.Folder, "a/b/c.db"));
        await using var target = TestFile.Connector.OpenTarget(side);
        await target.PrepareAsync(Simple, create: true, [], default);
        await using (var writer = await target.BeginAsync("p", "r", null, Simple, default))
        {
            using var rows = Sample.Encode(
                Simple.Schema,
                [
                    ["1", "a"],
                ]
            );
            await writer.ApplyAsync(new ChangeBatch(ChangeKind.Create, rows, default, 0), default);
            await writer.SaveProofAsync("{}", default);
        }
        (await target.RowsAsync(Simple)).Count.ShouldBe(1);
        Directory
            .GetFiles(Path.Combine(_file.Folder, "a/b"))
            .Select(Path.GetFileName)
            .ShouldBe(["c.db"], "a log left behind would be lost in a copy");
    }

    [Fact]
    public async Task An_int64_key_is_the_rowid_and_a_key_of_several_columns_is_a_primary_key()
    {
        await using var target = _file.Target();
        await target.PrepareAsync(Simple, create: true, [], default);
        _file
            .Scalar("SELECT sql FROM sqlite_schema WHERE name = 't'")
            .ShouldBe("CREATE TABLE \"t\" (\n  \"id\" INTEGER NOT NULL PRIMARY KEY,\n  \"v\" TEXT\n)");
        await using var other = _file.Target("u");
        RowPlan plan = new([new("b", "b", LogicalType.Int32), new("a", "a", LogicalType.DecimalOf(9, 3))], [1, 0]);
        await other.PrepareAsync(plan, create: true, [], default);
        var schema = (await other.DescribeAsync(default))!;
        schema.Key.ShouldBe(["a", "b"]);
        schema
            .Columns.Select(c => (c.Name, c.Type, c.Nullable))
            .ShouldBe([("b", LogicalType.Int32, false), ("a", LogicalType.DecimalOf(9, 3), false)]);
    }

    [Theory]
    [InlineData("INTEGER", "int64,bool,int16", "text,float64,decimal(9,2),bytes,json")]
    [InlineData("TEXT", "text,json,date,decimal,uuid,bytes", "int64,bool,float64")]
    [InlineData("REAL", "float64,float32,decimal(15,2)", "int64,decimal(16,2),decimal,text,bool")]
    [InlineData("DECIMAL(10,2)", "decimal(10,2),int64,float64", "decimal(16,2),text")]
    [InlineData("DATE", "date,timestamp,int64", "text")]
    [InlineData("BLOB", "bytes,text,int64,float64,decimal", "")]
    [InlineData("", "text,bytes,int64,float64,decimal", "")]
    [InlineData("JSON", "json", "text")]
    public async Task A_column_holds_what_it_gives_back_unchanged(string declared, string holds, string refuses)
    {
        _file.Execute($"CREATE TABLE t (id INTEGER PRIMARY KEY, v {declared})");
        await using var target = _file.Target();
        var column = (await target.DescribeAsync(default))!.Columns[1];
        foreach (var type in Types(holds))
        {
            target.CanHold(column, type).ShouldBeTrue($"{type}");
        }

        foreach (var type in Types(refuses))
        {
            target.CanHold(column, type).ShouldBeFalse($"{type}");
        }

        target.CanHold(column, LogicalType.Raw("point")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_SQLite_has_no_type_for_becomes_text_and_a_raw_type_a_text()
    {
        await using var target = _file.Target();
        (await target.CarrierForNewAsync(LogicalType.Raw("int4[]"), default)).ShouldBe(LogicalType.Text);
        (await target.CarrierForNewAsync(LogicalType.Interval, default)).ShouldBe(LogicalType.Interval);
    }

    [Fact]
    public async Task Decimals_of_fifteen_digits_live_in_a_numeric_column()
    {
        _file.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v DECIMAL(15,4))");
        var plan = Tables.Plan(("id", LogicalType.Int64), ("v", LogicalType.DecimalOf(15, 4)));
        await using var target = _file.Target();
        string?[][] rows =
        [
            ["1", "99999999999.9999"],
            ["2", "-0.0001"],
            ["3", "5"],
            ["4", "12345678901.2"],
            ["5", null],
        ];
        (await target.ApplyAsync(plan, ChangeKind.Create, rows)).ShouldBeEmpty();
        (await target.RowsAsync(plan)).ShouldBe(rows);
        _file.Execute("UPDATE t SET v = 0.30000000000000004 WHERE id = 3");
        (await target.RowsAsync(plan))[2][1].ShouldBeNull("no decimal(15,4) is that number");
    }

    [Fact]
    public async Task A_number_as_a_whole_document_does_not_fit_a_column_that_would_make_it_a_number()
    {
        _file.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v JSON)");
        var plan = Tables.Plan(("id", LogicalType.Int64), ("v", LogicalType.Json));
        await using var target = _file.Target();
        await target.ApplyAsync(
            plan,
            ChangeKind.Create,
            [
                ["1", "{\"a\": 1.0}"],
            ]
        );
        var error = await Tables.FailureAsync(() =>
            target.ApplyAsync(
                plan,
                ChangeKind.Create,
                [
                    ["2", " 1.0"],
                ]
            )
        );
        error.Code.ShouldBe("value_does_not_fit");
        error.IsRecordFault.ShouldBeTrue();
        (await target.RowsAsync(plan)).ShouldBe([
            ["1", "{\"a\": 1.0}"],
        ]);
    }

    [Fact]
    public async Task Only_rows_the_pipeline_owns_are_seen_and_changed()
    {
        _file.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'eu'), (2, 'us')");
        await using var target = _file.Target("t", ("owns", "v = 'eu' -- ours"));
        await using (var rows = await target.OpenAsync(Simple, default))
        {
            (await rows.RowsAsync(Simple)).ShouldHaveSingleItem();
            (await rows.SplitAsync(10, default)).ShouldNotBeNull();
            (await rows.IsEmptyAsync(default)).ShouldBeFalse();
        }
        (
            await target.ApplyAsync(
                Simple,
                ChangeKind.Create,
                [
                    ["2", "eu"],
                ]
            )
        ).ShouldBe([0]);
        await using var all = _file.Target();
        var hash = (await all.HashesAsync(Simple))[1].Hash;
        (
            await target.ApplyAsync(
                Simple,
                ChangeKind.Delete,
                [
                    ["2"],
                ],
                hash
            )
        ).ShouldBe([0]);
        (
            await all.ApplyAsync(
                Simple,
                ChangeKind.Delete,
                [
                    ["2"],
                ],
                hash
            )
        ).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_table_whose_key_nothing_keeps_unique_still_gets_no_duplicates()
    {
        _file.Execute("CREATE TABLE t (id INTEGER, v TEXT); INSERT INTO t VALUES (1, 'a')");
        await using var target = _file.Target();
        (
            await target.ApplyAsync(
                Simple,
                ChangeKind.Create,
                [
                    ["1", "b"],
                    ["2", "c"],
                ]
            )
        ).ShouldBe([0]);
        (await target.RowsAsync(Simple)).ShouldBe([
            ["1", "a"],
            ["2", "c"],
        ]);
    }

    [Fact]
    public async Task Another_unique_column_is_the_records_fault_and_no_conflict()
    {
        _file.Execute(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT UNIQUE CHECK (v <> 'bad')); INSERT INTO t VALUES (1, 'a')"
        );
        await using var target = _file.Target();
        foreach (var value in (string[])["a", "bad"])
        {
            var error = await Tables.FailureAsync(() =>
                target.ApplyAsync(
                    Simple,
                    ChangeKind.Create,
                    [
                        ["2", value],
                    ]
                )
            );
            error.Code.ShouldBe("constraint_violation");
            error.IsRecordFault.ShouldBeTrue();
        }
        (await target.RowsAsync(Simple)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_null_key_is_refused_where_SQLite_would_invent_one()
    {
        await using var target = _file.Target();
        await target.PrepareAsync(Simple, create: true, [], default);
        var error = await Tables.FailureAsync(() =>
            target.ApplyAsync(
                Simple,
                ChangeKind.Create,
                [
                    [null, "x"],
                ]
            )
        );
        error.IsRecordFault.ShouldBeTrue();
        (await target.RowsAsync(Simple)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_NaN_does_not_fit_because_SQLite_would_store_null()
    {
        var plan = Tables.Plan(("id", LogicalType.Int64), ("v", LogicalType.Float64));
        await using var target = _file.Target();
        await target.PrepareAsync(plan, create: true, [], default);
        var error = await Tables.FailureAsync(() =>
            target.ApplyAsync(
                plan,
                ChangeKind.Create,
                [
                    ["1", "NaN"],
                ]
            )
        );
        error.Code.ShouldBe("value_does_not_fit");
        error.IsRecordFault.ShouldBeTrue();
        (
            await target.ApplyAsync(
                plan,
                ChangeKind.Create,
                [
                    ["1", "Infinity"],
                    ["2", "-Infinity"],
                ]
            )
        ).ShouldBeEmpty();
        (await target.RowsAsync(plan)).Select(r => r[1]).ShouldBe(["Infinity", "-Infinity"]);
    }

    [Fact]
    public async Task A_computed_column_is_compared_and_never_written()
    {
        _file.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT, loud TEXT AS (upper(v)))");
        RowPlan plan = new(
            [.. Simple.Columns, new PlannedColumn("loud", "loud", LogicalType.Text) { Written = false }],
            [0]
        );
        await using var target = _file.Target();
        (await target.DescribeAsync(default))!.Columns[2].Generated.ShouldBeTrue();
        await target.ApplyAsync(
            plan,
            ChangeKind.Create,
            [
                ["1", "a", "A"],
            ]
        );
        var hash = (await target.HashesAsync(plan))[0].Hash;
        (
            await target.ApplyAsync(
                plan,
                ChangeKind.Update,
                [
                    ["1", "b", "B"],
                ],
                hash
            )
        ).ShouldBeEmpty();
        (await target.RowsAsync(plan)).ShouldBe([
            ["1", "b", "B"],
        ]);
    }

    [Fact]
    public async Task Checkpoints_count_what_was_applied()
    {
        await using var target = _file.Target();
        await target.PrepareAsync(Simple, create: true, [], default);
        await target.ApplyAsync(
            Simple,
            ChangeKind.Create,
            [
                ["1", "a"],
                ["2", "b"],
            ]
        );
        await target.ApplyAsync(
            Simple,
            ChangeKind.Create,
            [
                ["3", "c"],
            ]
        );
        _file.Scalar("SELECT checkpoint FROM trueup_state WHERE pipeline = 'p'").ShouldBe(3L);
        _file.Scalar("SELECT epoch FROM trueup_state WHERE pipeline = 'p'").ShouldBe(2L);
    }

    [Fact]
    public async Task References_are_found_by_index_or_by_reading_the_column()
    {
        _file.Execute(
            """
            CREATE TABLE "Odd Table" (id INTEGER PRIMARY KEY, code TEXT, day DATE_TEXT, n NUMERIC, price DECIMAL_TEXT(9,2));
            INSERT INTO "Odd Table" VALUES (1, '007', '2026-01-31', 1.5, '2.5'), (2, NULL, NULL, 'x', NULL)
            """
        );
        await using var target = _file.Target();
        async Task<IEnumerable<string>> MissingAsync(string column, params string[] values) =>
            (await target.MissingAsync("\"Odd Table\"", column, values, default)).Order(StringComparer.Ordinal);
        (await MissingAsync("id", "1", "01", "3", "x")).ShouldBe(["3", "x"]);
        (await MissingAsync("code", "007", "7")).ShouldBe(["7"]);
        (await MissingAsync("day", "2026-01-31", "2026-02-31")).ShouldBe(["2026-02-31"]);
        (await MissingAsync("n", "1.5", "x", "y")).ShouldBe(["y"]);
        (await MissingAsync("price", "2.5", "2.50", "2.51")).ShouldBe(["2.51"]);
        (await Tables.FailureAsync(async () => await target.MissingAsync("no", "id", ["1"], default))).Code.ShouldBe(
            "table_missing"
        );
        (
            await Tables.FailureAsync(async () => await target.MissingAsync("\"Odd Table\"", "no", ["1"], default))
        ).Code.ShouldBe("column_missing");
    }

    public void Dispose() => _file.Dispose();

    private static IEnumerable<LogicalType> Types(string list)
    {
        foreach (var text in list.Replace(",2)", ";2)").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            LogicalType.TryParse(text.Replace(';', ','), out var type).ShouldBeTrue(text);
            yield return type;
        }
    }
}

using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;

namespace TrueUp.Connectors.Tests.Sqlite;

/// <summary>SQLite's declarations bind nobody, so a source column's type comes from all its values.</summary>
public sealed class SqliteSourceTypesTests : IDisposable
{
    private readonly TestFile _file = new();

    public static TheoryData<string, string, string> Columns =>
        new()
        {
            { "INTEGER", "1, -9223372036854775808, NULL", "int64" },
            { "BIGINT", "1", "int64" },
            { "INT", "1", "int64" },
            { "INT4", "2147483647, -2147483648", "int32" },
            { "INT4", "2147483648", "int64" },
            { "INT2", "32767, -32768", "int16" },
            { "INT2", "32768", "int64" },
            { "BOOLEAN", "0, 1, NULL", "bool" },
            { "BOOLEAN", "0, 2", "int64" },
            { "REAL", "1, 2.5", "float64" },
            { "DOUBLE PRECISION", "0.1", "float64" },
            { "", "1, 2.5", "float64" },
            { "", "9007199254740993, 2.5", "text" },
            { "FLOAT4", "0.5, -2.25", "float32" },
            { "FLOAT4", "0.1", "float64" },
            { "NUMERIC", "1, 2.5", "float64" },
            { "NUMERIC", "'n/a', 'none'", "text" },
            { "DECIMAL(10,2)", "1, 2.5, 99999999.99", "decimal(10,2)" },
            { "DECIMAL(10,2)", "1, 2.125", "float64" },
            { "DECIMAL(20,2)", "1.5", "float64" },
            { "DECIMAL_TEXT(30,2)", "'1234567890123456789012345678.90'", "decimal(30,2)" },
            { "VARCHAR(20)", "'a', 'b'", "text" },
            { "TEXT", "5", "text" },
            { "TEXT", "'a', x'00'", "text" },
            { "INTEGER", "1, 'abc'", "text" },
            { "BLOB", "x'00ff'", "bytes" },
            { "BLOB", "'text'", "text" },
            { "DATE", "'2026-01-31'", "date" },
            { "DATE", "'31.1.2026'", "text" },
            { "DATETIME", "'2026-01-31 12:30:00'", "timestamp" },
            { "DATETIME", "1769862600", "int64" },
            { "TIMESTAMPTZ_TEXT", "'2026-01-31 12:30:00+00'", "timestamptz" },
            { "INTERVAL_TEXT", "'P1M2DT3S'", "interval" },
            { "UUID_TEXT", "'6f9619ff-8b86-d011-b42d-00cf4fc964ff'", "uuid" },
            { "JSON_TEXT", "'{}'", "json" },
            { "POINT", "NULL", "int64" },
            { "GEOMETRY", "NULL", "text" },
            { "TIME_TEXT", "NULL", "time" },
        };

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task A_column_has_the_type_of_all_its_values(string declared, string values, string expected)
    {
        _file.Execute(
            $"CREATE TABLE t (id INTEGER PRIMARY KEY, v {declared}); INSERT INTO t (v) VALUES {Tuples(values)}"
        );
        await using var source = _file.Source();
        (await source.TypesAsync())[1].ToString().ShouldBe(expected);
    }

    [Fact]
    public async Task A_column_of_mixed_values_is_text_with_a_warning_and_loses_nothing()
    {
        _file.Execute(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, v); INSERT INTO t (v) VALUES (1), (1.5), ('1'), (x'00ff'), (NULL), (1e300)"
        );
        await using var source = _file.Source();
        var schema = await source.DescribeAsync(default);
        schema
            .Findings.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                f => f.Code.ShouldBe("mixed_types"),
                f => f.IsError.ShouldBeFalse(),
                f => f.Path.ShouldBe("v")
            );
        var plan = Tables.Plan(("id", LogicalType.Int64), ("v", LogicalType.Text));
        await using var rows = await source.OpenAsync(plan, default);
        (await rows.RowsAsync(plan)).Select(r => r[1]).ShouldBe(["1", "1.5", "1", "\\x00ff", null, "1E+300"]);
    }

    [Theory]
    [InlineData("INT4", "1", "int64,text,decimal(10,0),decimal", "int16,decimal(9,0),float64,bool,json")]
    [InlineData("INTEGER", "1", "text,decimal(19,0)", "int32,float64,decimal(18,0)")]
    [InlineData("DECIMAL_TEXT(5,2)", "'1.50'", "decimal(6,3),decimal(5,2),text", "decimal(5,3),float64,int64")]
    [InlineData("FLOAT4", "0.5", "float64,float32,text", "decimal,int64")]
    [InlineData("TEXT", "'a'", "text", "json,bytes,int64,date")]
    [InlineData("JSON_TEXT", "'{}'", "json,text", "bytes")]
    [InlineData("DATE", "'n/a'", "text,date", "timestamp")]
    public async Task A_column_gives_its_own_type_exact_widenings_and_text(
        string declared,
        string value,
        string gives,
        string refuses
    )
    {
        _file.Execute($"CREATE TABLE t (id INTEGER PRIMARY KEY, v {declared}); INSERT INTO t (v) VALUES ({value})");
        await using var source = _file.Source();
        var column = (await source.DescribeAsync(default)).Columns[1];
        foreach (var type in gives.Split(',').Aggregate(new List<string>(), Rejoin))
        {
            source.CanGive(column, Parse(type)).ShouldBeTrue(type);
        }

        foreach (var type in refuses.Split(',').Aggregate(new List<string>(), Rejoin))
        {
            source.CanGive(column, Parse(type)).ShouldBeFalse(type);
        }

        source.CanGive(column, LogicalType.Raw("point")).ShouldBeFalse();
        source.CanGive(column, LogicalType.Json with { Native = "jsonb" }).ShouldBeFalse();
    }

    [Fact]
    public async Task Widened_values_stay_what_they_are()
    {
        _file.Execute(
            """
            CREATE TABLE t (id INTEGER PRIMARY KEY, i INT4, f FLOAT4, d DECIMAL(10,2), b BOOLEAN, day DATE);
            INSERT INTO t VALUES (7, -5, 0.5, 2.5, 1, '2026-01-31')
            """
        );
        await using var source = _file.Source();
        await source.DescribeAsync(default);
        var plan = Tables.Plan(
            ("id", LogicalType.Text),
            ("i", LogicalType.DecimalOf(12, 1)),
            ("f", LogicalType.Float64),
            ("d", LogicalType.Decimal),
            ("b", LogicalType.Text),
            ("day", LogicalType.Text)
        );
        await using var rows = await source.OpenAsync(plan, default);
        (await rows.RowsAsync(plan)).ShouldHaveSingleItem().ShouldBe(["7", "-5", "0.5", "2.5", "true", "2026-01-31"]);
        using var keys = Sample.Encode(
            plan.KeySchema,
            [
                ["7"],
                ["07"],
                ["x"],
            ]
        );
        (await rows.ReadByKeysAsync(keys, default).TuplesAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_value_that_breaks_the_declared_type_is_rejected_alone_when_that_type_is_wanted()
    {
        _file.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER); INSERT INTO t (v) VALUES (1), ('abc'), (3)");
        await using var source = _file.Source();
        await source.DescribeAsync(default);
        var plan = Tables.Plan(("id", LogicalType.Int64), ("v", LogicalType.Int64));
        await using var rows = await source.OpenAsync(plan, default);
        rows.CanSeek.ShouldBeFalse("or the comparison would never hear of the rejected record");
        RejectList rejects = [];
        (await rows.RowsAsync(plan, rejects)).Select(r => r[1]).ShouldBe(["1", "3"]);
        rejects
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                r => r.Issue.ShouldBe("invalid_format"),
                r => r.Column.ShouldBe("v"),
                r => r.Raw.ShouldBe("""{"id":2,"v":"abc"}"""),
                r => r.Key.ShouldNotBeNull(),
                r => r.Reason.ShouldNotContain("abc")
            );
    }

    [Fact]
    public async Task A_text_that_is_not_UTF_8_is_rejected()
    {
        _file.Execute(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t (v) VALUES ('ok'), (CAST(x'ff41' AS TEXT))"
        );
        await using var source = _file.Source();
        await source.DescribeAsync(default);
        var plan = Tables.Plan(("id", LogicalType.Int64), ("v", LogicalType.Text));
        await using var rows = await source.OpenAsync(plan, default);
        rows.CanSeek.ShouldBeFalse();
        RejectList rejects = [];
        (await rows.RowsAsync(plan, rejects)).ShouldHaveSingleItem();
        rejects.ShouldHaveSingleItem().Column.ShouldBe("v");
    }

    [Theory]
    [InlineData("UTF-16le")]
    [InlineData("UTF-16be")]
    public async Task A_UTF_16_database_gives_the_same_texts(string encoding)
    {
        _file.Execute(
            $"PRAGMA encoding = '{encoding}'; CREATE TABLE t (id TEXT PRIMARY KEY, v UUID); INSERT INTO t VALUES ('zwölf 🙂', '6f9619ff-8b86-d011-b42d-00cf4fc964ff')"
        );
        await using var source = _file.Source();
        (await source.TypesAsync()).ShouldBe([LogicalType.Text, LogicalType.Uuid]);
        var plan = Tables.Plan(("id", LogicalType.Text), ("v", LogicalType.Uuid));
        await using var rows = await source.OpenAsync(plan, default);
        (await rows.RowsAsync(plan))
            .ShouldHaveSingleItem()
            .ShouldBe(["zwölf 🙂", "6f9619ff-8b86-d011-b42d-00cf4fc964ff"]);
    }

    public void Dispose() => _file.Dispose();

    private static string Tuples(string values) => string.Join(", ", values.Split(", ").Select(v => $"({v})"));

    // A comma inside parentheses separates no types.
    private static List<string> Rejoin(List<string> types, string part)
    {
        if (types.Count > 0 && types[^1].Count(c => c == '(') > types[^1].Count(c => c == ')'))
        {
            types[^1] += "," + part;
        }
        else
        {
            types.Add(part);
        }

        return types;
    }

    private static LogicalType Parse(string text)
    {
        LogicalType.TryParse(text, out var type).ShouldBeTrue(text);
        return type;
    }
}

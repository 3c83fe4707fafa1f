using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Tests.Sqlite;

/// <summary>
/// A target whose columns hold what no row of ours could: SQLite lets anybody write anything anywhere.
/// </summary>
public sealed class SqliteDamageTests : IDisposable
{
    private static readonly RowPlan Plan = Tables.Plan(
        ("id", LogicalType.Int64),
        ("n", LogicalType.Int32),
        ("f", LogicalType.Float64),
        ("flag", LogicalType.Bool),
        ("v", LogicalType.Text),
        ("day", LogicalType.Date),
        ("b", LogicalType.Bytes),
        ("j", LogicalType.Json)
    );

    private static readonly string?[] Whole = ["1", "5", "1.5", "true", "text", "2026-01-31", "\\x00ff", "[1]"];
    private static readonly string?[] Nulls = ["1", null, null, null, null, null, null, null];

    private readonly TestFile _file = new();

    public static TheoryData<string, string> Damages =>
        new()
        {
            { "n", "'abc'" },
            { "n", "2147483648" },
            { "n", "1.5" },
            { "n", "x'05'" },
            { "f", "'abc'" },
            { "flag", "2" },
            { "flag", "'true'" },
            { "v", "CAST(x'ff41' AS TEXT)" },
            { "v", "x'41'" },
            { "day", "'2026-02-30'" },
            { "day", "x'00'" },
            { "b", "'\\x00ff'" },
            { "j", "'[1'" },
        };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_value_that_is_none_of_the_carriers_equals_nothing_and_can_be_repaired(
        string column,
        string value
    )
    {
        await using var target = await FillAsync(Whole);
        var whole = (await target.HashesAsync(Plan)).Single().Hash;
        _file.Execute($"UPDATE t SET {column} = {value}");

        var damaged = (await target.HashesAsync(Plan)).Single().Hash;
        damaged.ShouldNotBe(whole);
        await using (var rows = await target.OpenAsync(Plan, default))
        {
            (await rows.DigestAsync(Partitioning.Whole, Tables.Seed, default)).ShouldBe([
                default(SetDigest).Add(damaged),
            ]);
            var row = (await rows.RowsAsync(Plan)).ShouldHaveSingleItem();
            row[Plan.Schema.OrdinalOf(column)].ShouldBeNull();
        }
        (await target.ApplyAsync(Plan, ChangeKind.Update, [Whole], whole)).ShouldBe(
            [0],
            "that is not the row that is there"
        );
        (await target.ApplyAsync(Plan, ChangeKind.Update, [Whole], damaged)).ShouldBeEmpty();
        (await target.HashesAsync(Plan)).Single().Hash.ShouldBe(whole);
    }

    [Fact]
    public async Task A_row_of_unreadable_values_is_not_a_row_of_nulls()
    {
        await using var target = await FillAsync(Nulls);
        var nulls = (await target.HashesAsync(Plan)).Single().Hash;
        _file.Execute("UPDATE t SET n = 'abc'");
        (await target.HashesAsync(Plan)).Single().Hash.ShouldNotBe(nulls);
    }

    [Fact]
    public async Task A_row_that_is_too_long_equals_nothing_and_can_be_deleted()
    {
        await using var target = await FillAsync(Whole);
        RowPlan plan = new(Plan.Columns, [0]) { RowBytesMax = 1000 };
        _file.Execute("UPDATE t SET v = @v", ("@v", new string('x', 2000)));
        var hash = (await target.HashesAsync(plan)).Single().Hash;
        (
            await target.ApplyAsync(
                plan,
                ChangeKind.Delete,
                [
                    ["1"],
                ],
                hash
            )
        ).ShouldBeEmpty();
        (await target.RowsAsync(plan)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_is_told()
    {
        _file.Execute("CREATE TABLE t (id INT4 PRIMARY KEY, v TEXT); INSERT INTO t VALUES ('abc', 'x')");
        var plan = Tables.Plan(("id", LogicalType.Int32), ("v", LogicalType.Text));
        await using var target = _file.Target();
        await using var rows = await target.OpenAsync(plan, default);
        var ranges = await rows.SplitAsync(10, default);
        ranges.ShouldBe([KeyRange.All]);
        var error = await Tables.FailureAsync(async () => await rows.DigestAsync(Partitioning.Whole, 1, default));
        error.Code.ShouldBe("target_key_unreadable");
        error.Suggestion.ShouldContain("\"id\"");
    }

    public void Dispose() => _file.Dispose();

    private async Task<ITarget> FillAsync(string?[] row)
    {
        var target = _file.Target();
        await target.PrepareAsync(Plan, create: true, [], default);
        (await target.ApplyAsync(Plan, ChangeKind.Create, [row])).ShouldBeEmpty();
        return target;
    }
}

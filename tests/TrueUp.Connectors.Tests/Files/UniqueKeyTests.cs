using TrueUp.Connectors.Files;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Tests.Files;

public sealed class UniqueKeyTests : CsvFixture
{
    [Theory]
    [InlineData("id\n1\n2\n10\n")]
    [InlineData("id\n0\n9\n123456789012345678\n")]
    [InlineData("id\nAA0001\nAA0002\nAB0000\n")]
    [InlineData("id,v\n1,x\n2\n3,y\n")]
    public Task Keys_that_ascend_are_known_to_be_unique(string content) => Check(content, expected: true);

    [Theory]
    [InlineData("id\n1\n1\n")]
    [InlineData("id\n2\n1\n")]
    [InlineData("id\n10\n9\n")]
    [InlineData("id\n-2\n-1\n0\n")]
    [InlineData("id\nb\naa\nb\n")]
    [InlineData("id\n1\n1.0\n")]
    [InlineData("id,v\n,a\n1,b\n")]
    [InlineData("id,v\n1,a\n,b\n2,c\n")]
    [InlineData("id,v\n\"\",a\n\"\",b\n")]
    public Task Other_keys_are_not(string content) => Check(content, expected: false);

    [Fact]
    public Task Different_texts_may_be_one_value_of_a_declared_type() =>
        Check("id\n1.0\n1.00\n", expected: false, LogicalType.Decimal);

    [Fact]
    public Task A_long_text_is_not_remembered() =>
        Check($"id\n{new string('a', 100)}\n{new string('b', 100)}\n", expected: false);

    private async Task Check(string content, bool expected, LogicalType? declared = null)
    {
        await using var source = new CsvConnector().OpenSource(
            Side(Folder.Write("keys.csv", System.Text.Encoding.UTF8.GetBytes(content)))
        );
        var schema = await source.DescribeAsync(default);
        var plan = FileReading.Plan(
            schema,
            s => s.Columns.Select(c => new PlannedColumn(c.Name, c.Name, declared ?? c.Type))
        );
        await using var rows = await source.OpenAsync(plan, default);
        rows.HasUniqueKeys.ShouldBe(expected);
    }
}

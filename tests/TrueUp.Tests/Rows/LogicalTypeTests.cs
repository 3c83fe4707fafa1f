using FsCheck.Fluent;
using TrueUp.Rows;

namespace TrueUp.Tests.Rows;

public sealed class LogicalTypeTests
{
    [Theory]
    [InlineData("bool", LogicalKind.Bool)]
    [InlineData("Boolean", LogicalKind.Bool)]
    [InlineData("smallint", LogicalKind.Int16)]
    [InlineData("int", LogicalKind.Int32)]
    [InlineData(" INTEGER ", LogicalKind.Int32)]
    [InlineData("bigint", LogicalKind.Int64)]
    [InlineData("real", LogicalKind.Float32)]
    [InlineData("double precision", LogicalKind.Float64)]
    [InlineData("numeric", LogicalKind.Decimal)]
    [InlineData("varchar", LogicalKind.Text)]
    [InlineData("bytea", LogicalKind.Bytes)]
    [InlineData("datetime", LogicalKind.Timestamp)]
    [InlineData("timestamptz", LogicalKind.TimestampTz)]
    public void The_common_SQL_names_are_known(string text, LogicalKind kind)
    {
        LogicalType.TryParse(text, out LogicalType type).ShouldBeTrue();
        type.ShouldBe(new LogicalType(kind));
    }

    [Fact]
    public void Every_type_but_raw_is_spelled_as_it_is_read()
    {
        foreach (LogicalKind kind in Enum.GetValues<LogicalKind>().Except([LogicalKind.Raw]))
        {
            LogicalType.TryParse(new LogicalType(kind).ToString(), out LogicalType type).ShouldBeTrue($"{kind}");
            type.ShouldBe(new LogicalType(kind));
        }

        LogicalType.Raw("public.mood").ToString().ShouldBe("public.mood");
        LogicalType.TryParse("raw", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_decimal_has_precision_and_scale() =>
        Values.ForAll(
            Gen.Choose(1, 1000).SelectMany(p => Gen.Choose(0, 1000).Select(s => (p, s))),
            c =>
            {
                LogicalType.TryParse($"numeric( {c.p} , {c.s} )", out LogicalType type).ShouldBeTrue();
                type.ShouldBe(LogicalType.DecimalOf(c.p, c.s));
                LogicalType.TryParse(type.ToString(), out LogicalType again).ShouldBeTrue();
                again.ShouldBe(type);
            }
        );

    [Fact]
    public void A_decimal_of_a_precision_alone_has_no_places()
    {
        LogicalType.TryParse("decimal(12)", out LogicalType type).ShouldBeTrue();
        type.ShouldBe(LogicalType.DecimalOf(12, 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("money")]
    [InlineData("varchar(20)")]
    [InlineData("text()")]
    [InlineData("decimal(")]
    [InlineData("decimal()")]
    [InlineData("decimal(0,0)")]
    [InlineData("decimal(12,)")]
    [InlineData("decimal(12,-2)")]
    [InlineData("decimal(12,2,1)")]
    [InlineData("decimal(1001)")]
    [InlineData("decimal(12\0)")]
    [InlineData("decimal 12")]
    [InlineData("(12)")]
    [InlineData("int32(4)")]
    public void A_name_of_no_type_is_refused(string text)
    {
        LogicalType.TryParse(text, out LogicalType type).ShouldBeFalse();
        type.ShouldNotBeNull();
    }
}

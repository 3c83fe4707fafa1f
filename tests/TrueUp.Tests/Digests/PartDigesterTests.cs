using FsCheck;
using FsCheck.Fluent;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Testing.Memory;
using TrueUp.Tests.Rows;

namespace TrueUp.Tests.Digests;

public sealed class PartDigesterTests
{
    private static readonly RowSchema Schema = new(
        [new Column("id", LogicalType.Text), new Column("v", LogicalType.Text)],
        [0]
    );

    [Fact]
    public void Rows_digested_side_by_side_have_the_digests_of_rows_hashed_one_by_one() =>
        Prop.ForAll(
                Gen.Zip(Values.AnyText().ArrayOf(), Gen.Elements(0L, 1L, -1L, long.MinValue)).ToArbitrary(),
                given => Check(given.Item1, given.Item2)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Texts_of_all_lengths_are_hashed_alike_in_any_company() =>
        Check([.. Enumerable.Range(0, 200).Select(i => new string('x', i * 37 % 101))], 42);

    private static void Check(string[] values, long seed)
    {
        var partitioning = Partitioning.ByBuckets(4);
        var digester = new PartDigester(Schema, partitioning, seed);
        var hasher = new RowHasher(Schema);
        var expected = new SetDigest[4];
        for (var i = 0; i < values.Length; i++)
        {
            var row = Texts.Tuple(Schema, [$"{i}", values[i]]);
            digester.Add(row, move: i % 2);
            var part = partitioning.PartOf(Schema, row, hasher);
            expected[part] = expected[part].Add(unchecked(hasher.HashRow(row, seed) + (i % 2)));
        }
        digester.Finish().ShouldBe(expected);
    }
}

using TrueUp.Connectors.Files;

namespace TrueUp.Connectors.Tests.Files;

public sealed class OversizedCsvTests : CsvFixture
{
    [Fact]
    public async Task Records_left_out_for_their_length_end_where_a_reader_of_any_length_ends_them()
    {
        var random = new Random(7);
        string[] pieces = ["a", "\"", "\"\"", ",", "\n", "\r\n", "\r", " ", "xyz", "\",\"", "\"\n"];
        for (var i = 0; i < 100; i++)
        {
            // Filling up the first buffer puts the cut anywhere in the record.
            var body = string.Concat(Enumerable.Range(0, 40).Select(_ => pieces[random.Next(pieces.Length)]));
            var path = Folder.Write("data.csv", $"a,b\n1,{new string('x', 1_100_000)}{body}\n2,y\n3,z\n");
            var whole = await FileReading.Of(new CsvConnector(), Side(path, ("delimiter", ",")));
            var limited = await FileReading.Of(new CsvConnector(), Side(path, ("delimiter", ",")), rowBytesMax: 60_000);
            var first = limited.Rejects.First(r => r.Ordinal == 1);
            first.Issue.ShouldBeOneOf("row_too_large", "unclosed_quote");
            limited.Rows.ShouldBe(whole.Rows.Where((_, n) => whole.Ordinals[n] > 1).ToList());
            limited
                .Rejects.Where(r => r.Ordinal > 1)
                .Select(r => (r.Ordinal, r.Line))
                .ShouldBe(whole.Rejects.Where(r => r.Ordinal > 1).Select(r => (r.Ordinal, r.Line)));
        }
    }
}

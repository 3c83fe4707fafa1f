using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using TrueUp.Samples.Sellers;

namespace TrueUp.Cli.Tests.Samples;

/// <summary>What the sellers sample promises about its sheets, read back from the files.</summary>
public sealed partial class SellersTests(SellersFolders folders) : IClassFixture<SellersFolders>
{
    private const int Number = 0,
        Name = 1,
        Phone = 3,
        PostalCode = 4,
        Inquiry = 6,
        HasProperty = 7,
        Price = 8;

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var (first, again, other) = (folders.Spoilt, folders.Generate("again"), folders.Generate("other", seed: 7));

        foreach (var file in Directory.GetFiles(first).Select(path => Path.GetFileName(path)))
        {
            var bytes = File.ReadAllBytes(Path.Combine(first, file));
            File.ReadAllBytes(Path.Combine(again, file)).AsSpan().SequenceEqual(bytes).ShouldBeTrue(file);
            File.ReadAllBytes(Path.Combine(other, file)).AsSpan().SequenceEqual(bytes).ShouldBeFalse(file);
        }
    }

    [Fact]
    public void The_workbook_does_not_tell_when_it_was_written()
    {
        using var archive = ZipFile.OpenRead(Path.Combine(folders.Spoilt, "sellers.xlsx"));

        archive.Entries.ShouldAllBe(entry => entry.LastWriteTime.Year == 1980);
        archive.Entries.ShouldNotContain(entry => entry.FullName.Contains("core"));
    }

    [Fact]
    public void The_workbook_has_5000_sellers_and_the_announced_number_of_each_mistake()
    {
        var folder = folders.Spoilt;
        var rows = Sellers(folder);

        rows.Count.ShouldBe(SellerRows.Count);
        Count(rows, folder)
            .ShouldBe(MistakeMaker.Counts.Where(c => c.Kind != MistakeKind.RaggedRow), ignoreOrder: true);
    }

    [Fact]
    public void Every_mistake_is_listed_with_its_row_and_its_number()
    {
        var folder = folders.Spoilt;
        var rows = Sellers(folder);
        using var list = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "mistakes.json")));
        var listed = list.RootElement.EnumerateArray().ToList();

        listed.Count.ShouldBe(MistakeMaker.Counts.Sum(c => c.Rows * (c.Kind == MistakeKind.DuplicateNumber ? 2 : 1)));
        listed
            .Select(m => m.GetProperty("number").GetString())
            .ShouldBe(listed.Select(m => (string?)rows[m.GetProperty("row").GetInt32() - 1][Number]));
        listed.Count(m => m.GetProperty("in_csv_only").GetBoolean()).ShouldBe(2);
    }

    [Fact]
    public void The_csv_file_says_what_the_workbook_says_but_for_two_ragged_records()
    {
        var folder = folders.Spoilt;
        var rows = Sellers(folder);
        var records = SheetFile.Csv(Path.Combine(folder, "sellers.csv"))[1..];

        records.Count.ShouldBe(rows.Count);
        records.Where(r => r.Length != 10).Select(r => r.Length).ShouldBe([6, 11], ignoreOrder: true);
        records
            .Zip(rows)
            .Where(pair => pair.First.Length == 10 && !pair.First.SequenceEqual(pair.Second.Select(Text)))
            .Select(pair => pair.First[Number])
            .ShouldBeEmpty();
    }

    [Fact]
    public void Mending_changes_the_spoilt_rows_and_nothing_else()
    {
        var (spoilt, clean) = (folders.Spoilt, folders.Clean);
        var (before, after) = (Sellers(spoilt), Sellers(clean));

        var changed = before.Zip(after).Count(pair => !pair.First.SequenceEqual(pair.Second));

        changed.ShouldBe(MistakeMaker.Counts.Where(c => c.Kind != MistakeKind.RaggedRow).Sum(c => c.Rows));
        Count(after, clean).ShouldAllBe(c => c.Rows == 0);
        after.Select(row => row[Number]).ShouldBe(Enumerable.Range(0, SellerRows.Count).Select(SellerRows.NumberOf));
        SheetFile.Csv(Path.Combine(clean, "sellers.csv")).ShouldAllBe(record => record.Length == 10);
        File.ReadAllText(Path.Combine(clean, "mistakes.json")).Trim().ShouldBe("[]");
    }

    [Fact]
    public void Cells_have_the_types_that_people_see()
    {
        var rows = Sellers(folders.Clean);

        rows.ShouldAllBe(row => row[Inquiry] is DateTime && row[HasProperty] is bool);
        rows.ShouldAllBe(row => row[Price] == null || row[Price] is double);
        rows.ShouldAllBe(row => row[Phone] is string && ((string)row[Phone]!).StartsWith('0'));
        rows.Count(row => ((string)row[PostalCode]!).StartsWith('0')).ShouldBeGreaterThan(SellerRows.Count / 2);
    }

    [Fact]
    public void Seller_AA12679_is_in_the_sheet_and_without_a_mistake()
    {
        var folder = folders.Spoilt;

        Sellers(folder).Count(row => Equals(row[Number], "AA12679")).ShouldBe(1);
        File.ReadAllText(Path.Combine(folder, "mistakes.json")).ShouldNotContain("AA12679");
    }

    [Fact]
    public void A_word_the_generator_does_not_know_is_refused()
    {
        Arguments.TryParse(["folder", "--seed", "17", "--clean"], out var arguments).ShouldBeTrue();
        arguments.ShouldBe(new Arguments("folder", 17, Clean: true));
        Arguments.TryParse(["folder", "--cleen"], out _).ShouldBeFalse();
        Arguments.TryParse(["folder", "--seed", "x"], out _).ShouldBeFalse();
        Arguments.TryParse([], out _).ShouldBeFalse();
    }

    private static List<object?[]> Sellers(string folder) => Sheet(folder, "Sellers");

    private static List<object?[]> Sheet(string folder, string name) =>
        SheetFile.Workbook(Path.Combine(folder, "sellers.xlsx"), name)[1..];

    /// <summary>Finds mistakes by looking at the cells, not by asking the generator.</summary>
    private static List<(MistakeKind Kind, int Rows)> Count(List<object?[]> rows, string folder)
    {
        var owners = Sheet(folder, "Properties").Select(row => row[1]).ToHashSet();
        var numbers = rows.Select(row => row[Number]).OfType<string>().ToList();
        return
        [
            (MistakeKind.MissingName, rows.Count(row => string.IsNullOrWhiteSpace(row[Name] as string))),
            (MistakeKind.MissingInquiryDate, rows.Count(row => row[Inquiry] is null)),
            (MistakeKind.UnreadableDate, rows.Count(row => row[Inquiry] is string)),
            (MistakeKind.MissingNumber, rows.Count - numbers.Count),
            (MistakeKind.WrongNumber, numbers.Count(number => !SellerNumber().IsMatch(number))),
            (MistakeKind.DuplicateNumber, numbers.Count - numbers.Distinct().Count()),
            (MistakeKind.MissingProperty, rows.Count(row => row[HasProperty] is true && LacksProperty(row, owners))),
        ];
    }

    // A number that is mistyped leads to no property either, but that is another mistake.
    private static bool LacksProperty(object?[] row, HashSet<object?> owners) =>
        row[Number] is string number && SellerNumber().IsMatch(number) && !owners.Contains(number);

    private static string Text(object? cell, int column) =>
        cell switch
        {
            null => "",
            bool truth => truth ? "TRUE" : "FALSE",
            DateTime date => date.ToString("yyyy-MM-dd"),
            double number when column == Price => number.ToString("0.00"),
            _ => cell.ToString()!,
        };

    [GeneratedRegex(@"^AA[0-9]+\z")]
    private static partial Regex SellerNumber();
}

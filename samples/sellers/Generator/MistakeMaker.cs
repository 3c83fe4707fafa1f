namespace TrueUp.Samples.Sellers;

/// <summary>Spoils some rows, each in one way, and remembers which.</summary>
internal sealed class MistakeMaker(Dice dice, IReadOnlyList<object?[]> sellers)
{
    /// <summary>How many rows are spoilt in which way; a duplicate number makes two bad records each.</summary>
    public static readonly IReadOnlyList<(MistakeKind Kind, int Rows)> Counts =
    [
        (MistakeKind.MissingName, 3),
        (MistakeKind.MissingInquiryDate, 3),
        (MistakeKind.WrongNumber, 3),
        (MistakeKind.UnreadableDate, 3),
        (MistakeKind.DuplicateNumber, 2),
        (MistakeKind.MissingNumber, 1),
        (MistakeKind.MissingProperty, 2),
        (MistakeKind.RaggedRow, 2),
    ];

    /// <summary>Sellers that stay as they are, because the demonstration speaks of them.</summary>
    public static readonly IReadOnlyList<string> Untouched = ["AA12679", "AA11111"];

    private readonly HashSet<int> _taken =
    [
        .. Enumerable.Range(0, sellers.Count).Where(row => Untouched.Contains((string)sellers[row][Columns.Number]!)),
    ];

    private readonly List<Mistake> _made = [];

    /// <summary>Makes all mistakes.</summary>
    /// <returns>What was done, by row.</returns>
    public IReadOnlyList<Mistake> MakeAll()
    {
        foreach (var (kind, count) in Counts)
        {
            for (var i = 0; i < count; i++)
            {
                Make(kind, i);
            }
        }
        return [.. _made.OrderBy(m => m.Row)];
    }

    private void Make(MistakeKind kind, int variant)
    {
        var row = Take(kind == MistakeKind.MissingProperty ? cells => cells[Columns.HasProperty] is false : _ => true);
        var cells = sellers[row];
        var number = (string)cells[Columns.Number]!;
        switch (kind)
        {
            case MistakeKind.MissingName:
                cells[Columns.Name] = variant == 0 ? "  " : null;
                break;
            case MistakeKind.MissingInquiryDate:
                cells[Columns.InquiryDate] = null;
                break;
            case MistakeKind.WrongNumber:
                var digits = number[2..];
                cells[Columns.Number] = variant switch
                {
                    0 => $"BB{digits}",
                    1 => $"AA-{digits}",
                    _ => digits,
                };
                break;
            case MistakeKind.UnreadableDate:
                cells[Columns.InquiryDate] = variant switch
                {
                    0 => "next week",
                    1 => "2024-02-31",
                    _ => "31.12.23?",
                };
                break;
            case MistakeKind.DuplicateNumber:
                var other = Take(_ => true);
                cells[Columns.Number] = sellers[other][Columns.Number];
                Note(kind, other);
                break;
            case MistakeKind.MissingNumber:
                cells[Columns.Number] = null;
                break;
            case MistakeKind.MissingProperty:
                cells[Columns.HasProperty] = true;
                break;
            case MistakeKind.RaggedRow:
                // The cells are right; only the CSV file's record has too few or too many fields.
                break;
        }
        Note(kind, row);
    }

    private int Take(Func<object?[], bool> fits)
    {
        while (true)
        {
            var row = dice.Below(sellers.Count);
            if (fits(sellers[row]) && _taken.Add(row))
            {
                return row;
            }
        }
    }

    private void Note(MistakeKind kind, int row) =>
        _made.Add(new Mistake(kind, row + 1, (string?)sellers[row][Columns.Number]));
}

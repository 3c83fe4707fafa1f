using TrueUp.Connectors.Files.Content;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Csv;

/// <summary>The options of a <c>csv</c> source as they were written.</summary>
internal sealed record CsvOptions(string Path)
{
    public const int SkipRowsMax = 1_000_000;

    /// <summary>Null: detected.</summary>
    public byte? Delimiter { get; init; }

    public byte? Quote { get; init; } = (byte)'"';

    public TextEncoding Encoding { get; init; }

    public bool HasHeader { get; init; } = true;

    /// <summary>The text that means null where it stands without quotes; null for the default, the empty
    /// field.</summary>
    public string? Null { get; init; }

    public bool Trim { get; init; }

    public int SkipRows { get; init; }

    /// <summary>What pipeline files may say.</summary>
    public static readonly IReadOnlyList<SideOption> All =
    [
        Option("path", SideOptionKind.Path, "The file.") with
        {
            Required = true,
            Example = "airports.csv",
        },
        Option(
            "delimiter",
            SideOptionKind.Text,
            "Between fields: an ASCII character, or comma, semicolon, tab, pipe.",
            "detected among , ; tab |"
        ) with
        {
            Example = "\";\"",
        },
        Option(
            "quote",
            SideOptionKind.Text,
            "Around fields with delimiters or line ends: an ASCII character, or none.",
            "\""
        ),
        Option(
            "encoding",
            SideOptionKind.Text,
            "How the bytes are to be read; a byte order mark outweighs it.",
            "auto"
        ) with
        {
            Choices = TextEncodings.Names,
        },
        Option(
            "header",
            SideOptionKind.Flag,
            "Whether the first record has the names; else column1, column2, ….",
            "true"
        ),
        Option(
            "null",
            SideOptionKind.Text,
            "The text that means null where it stands without quotes.",
            "an empty field"
        ) with
        {
            Example = "\\N",
        },
        Option("trim", SideOptionKind.Flag, "Whether blanks and tabs around fields are dropped.", "false"),
        Option("skip_rows", SideOptionKind.Number, "Lines before the header (or first record) that are left out.", "0"),
    ];

    /// <summary>Reads a side's options.</summary>
    /// <param name="side">The side.</param>
    /// <param name="findings">Receives what is wrong with them.</param>
    public static CsvOptions Parse(SideDefinition side, ICollection<Finding> findings)
    {
        var check = new OptionCheck(side, findings);
        var options = new CsvOptions(check.Path())
        {
            Delimiter = check.Byte("delimiter", null),
            Quote = side["quote"] is "none" or "" ? null : check.Byte("quote", (byte)'"'),
            HasHeader = check.Flag("header", otherwise: true),
            Trim = check.Flag("trim", otherwise: false),
            SkipRows = check.Number("skip_rows", 0, 0, SkipRowsMax),
            Null = side["null"] is { Length: > 0 } text ? text : null,
        };
        if (options.Delimiter is { } delimiter && delimiter == options.Quote)
        {
            check.Bad(
                "quote",
                "The quote is the delimiter.",
                "Give 'quote' and 'delimiter' different characters, or quote: none."
            );
        }
        if (!TextEncodings.TryParse(side["encoding"] ?? "auto", out var encoding))
        {
            check.Bad(
                "encoding",
                $"'{side["encoding"]}' is no known encoding.",
                $"Use one of {string.Join(", ", TextEncodings.Names)}."
            );
        }
        return options with { Encoding = encoding };
    }

    private static SideOption Option(string name, SideOptionKind kind, string description, string? otherwise = null) =>
        new(name, kind, description) { Default = otherwise };
}

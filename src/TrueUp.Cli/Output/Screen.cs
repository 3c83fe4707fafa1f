using Spectre.Console;

namespace TrueUp.Cli.Output;

/// <summary>
/// Human text, on stderr: results for programs have stdout to themselves. Colours and the progress bar are for
/// terminals only.
/// </summary>
internal sealed class Screen
{
    private const int WidthWithoutTerminal = 160;

    private readonly TextWriter _error = Console.Error;
    private readonly bool _colors;

    /// <param name="json">Whether a program reads the result; people then see nothing.</param>
    /// <param name="quiet">Whether only errors are wanted.</param>
    /// <param name="noColor">Whether colours are unwanted.</param>
    public Screen(bool json, bool quiet, bool noColor)
    {
        IsJson = json;
        IsQuiet = quiet;
        IsTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        _colors = IsTerminal && !noColor && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    }

    /// <summary>Whether a program reads the result.</summary>
    public bool IsJson { get; }

    /// <summary>Whether only errors are wanted.</summary>
    public bool IsQuiet { get; }

    /// <summary>Whether somebody may be looking.</summary>
    public bool IsTerminal { get; }

    /// <summary>Whether colours are wanted, and somebody may see them.</summary>
    public bool IsColored => _colors;

    /// <summary>A line, unless only errors are wanted.</summary>
    public void Line(string text, Tone tone = Tone.Plain)
    {
        if (!IsJson && !IsQuiet)
        {
            Write(text, tone);
        }
    }

    /// <summary>A line about something that went wrong.</summary>
    public void Error(string text, Tone tone = Tone.Bad)
    {
        if (!IsJson)
        {
            Write(text, tone);
        }
    }

    /// <summary>A table.</summary>
    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var lines = rows.ToList();
        if (IsJson || IsQuiet || lines.Count == 0)
        {
            return;
        }
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(new Text(header)) { NoWrap = !IsTerminal });
        }
        foreach (var row in lines)
        {
            table.AddRow(row.Select(cell => new Text(Printable(cell))));
        }
        var console = Ansi();
        if (!IsTerminal)
        {
            // Where nothing is broken into lines, what does not fit would be left out: all of it.
            console.Profile.Width = Math.Max(console.Profile.Width, WidthOf(headers, lines));
        }
        console.Write(table);
    }

    /// <summary>The console that draws progress.</summary>
    public IAnsiConsole Ansi()
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi =
                    _colors ? AnsiSupport.Yes
                    : IsTerminal ? AnsiSupport.Detect
                    : AnsiSupport.No,
                ColorSystem = _colors ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Interactive = IsTerminal ? InteractionSupport.Yes : InteractionSupport.No,
                Out = new AnsiConsoleOutput(_error),
            }
        );
        if (!IsTerminal)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }
        return console;
    }

    /// <summary>A text whose control characters cannot drive a terminal: keys and messages come from data.</summary>
    public static string Printable(string text) =>
        string.Create(
            text.Length,
            text,
            (span, source) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
                }
            }
        );

    private static int WidthOf(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows) =>
        headers
            .Select((header, i) => rows.Select(row => row[i].GetCellWidth()).Append(header.GetCellWidth()).Max() + 2)
            .Sum()
        + headers.Count
        + 1;

    private void Write(string text, Tone tone)
    {
        var (on, off) = _colors ? (Code(tone), tone == Tone.Plain ? "" : "\e[0m") : ("", "");
        _error.WriteLine($"{on}{Printable(text)}{off}");
    }

    private static string Code(Tone tone) =>
        tone switch
        {
            Tone.Good => "\e[32m",
            Tone.Warning => "\e[33m",
            Tone.Bad => "\e[31m",
            Tone.Faint => "\e[2m",
            _ => "",
        };
}

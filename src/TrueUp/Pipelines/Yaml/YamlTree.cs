using TrueUp.Pipelines.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TrueUp.Pipelines.Yaml;

/// <summary>
/// Builds the tree of a YAML document from the parser's events. The parser's own tree is not used: it recurses without
/// limit
/// and follows aliases. Anchors, aliases and tags have no use here and are refused.
/// </summary>
internal sealed class YamlTree
{
    private const int DepthMax = 20;
    private const int NodesMax = 20_000;

    private readonly Parser _parser;
    private readonly FindingList _findings;
    private int _nodes;

    private YamlTree(string text, FindingList findings)
    {
        _parser = new Parser(new Scanner(new StringReader(text)));
        _findings = findings;
    }

    /// <summary>The document's root mapping, or null with findings.</summary>
    public static YamlMap? Load(string text, FindingList findings)
    {
        try
        {
            return new YamlTree(text, findings).Document();
        }
        catch (TreeException exception)
        {
            findings.AddAt(exception.Line, "bad_yaml", exception.Message, exception.Suggestion);
        }
        catch (YamlException exception)
        {
            var line = LineOf(exception.Start);
            var tab = TabNear(text, line);
            findings.AddAt(
                tab ?? line,
                "bad_yaml",
                $"This is not valid YAML: {Reason(exception)}",
                tab is null
                    ? "Check indents, colons and quotes in this line and the one before; quote texts with special characters."
                    : "Indent with spaces: YAML does not allow tabs there."
            );
        }
        catch (Exception exception)
            when (exception is ArgumentException or InvalidOperationException or FormatException)
        {
            // The parser has thrown these for broken escapes and directives.
            findings.AddAt(
                1,
                "bad_yaml",
                $"This is not valid YAML: {exception.Message}",
                "Check quotes, escapes and % lines."
            );
        }
        return null;
    }

    private YamlMap? Document()
    {
        Next();
        if (Next() is not DocumentStart)
        {
            _findings.AddAt(1, "empty_file", "The file is empty.", _findings.Sort.Remedy);
            return null;
        }
        var root = Node("", 0, Next());
        Next();
        if (Next() is DocumentStart second)
        {
            throw new TreeException(
                second.Start,
                "The file holds a second YAML document.",
                "Write one document a file."
            );
        }
        switch (root)
        {
            case YamlMap map:
                return map;
            case YamlText { IsNull: true }:
                _findings.AddAt(1, "empty_file", "The file is empty.", _findings.Sort.Remedy);
                return null;
            default:
                _findings.AddAt(
                    root.Line,
                    "bad_yaml",
                    $"This file is a mapping of keys such as `{_findings.Sort.Example}`; here is {root.Kind}.",
                    $"Start the file with `{_findings.Sort.Example}`."
                );
                return null;
        }
    }

    private ParsingEvent Next()
    {
        while (_parser.MoveNext())
        {
            if (_parser.Current is { } current and not Comment)
            {
                return current;
            }
        }
        throw new TreeException(Mark.Empty, "The document ends too early.", "Check the end of the file.");
    }

    private YamlNode Node(string path, int depth, ParsingEvent start)
    {
        if (++_nodes > NodesMax)
        {
            throw new TreeException(
                start.Start,
                $"The file has more than {NodesMax} values.",
                $"Check that this is {_findings.Sort.Name}."
            );
        }
        if (depth > DepthMax)
        {
            throw new TreeException(
                start.Start,
                $"Values are nested more than {DepthMax} deep.",
                "Check the brackets and indents."
            );
        }
        if (start is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
        {
            throw new TreeException(
                start.Start,
                "Anchors (&) and aliases (*) are not used here.",
                "Write the value out, or put it in quotes if it is meant to start with & or *."
            );
        }
        if (start is NodeEvent { Tag.IsEmpty: false })
        {
            throw new TreeException(
                start.Start,
                "Tags (!) are not used here.",
                "Leave the tag out, or put the value in quotes if it is meant to start with !."
            );
        }
        var line = LineOf(start.Start);
        _findings.Locate(path, line);
        return start switch
        {
            Scalar scalar => new YamlText(path, line, scalar.Value, scalar.Style is not ScalarStyle.Plain),
            SequenceStart => List(path, depth, line),
            MappingStart => Map(path, depth, line),
            _ => throw new TreeException(start.Start, "A value is expected here.", "Check the brackets and indents."),
        };
    }

    private YamlList List(string path, int depth, int line)
    {
        var items = new List<YamlNode>();
        for (var next = Next(); next is not SequenceEnd; next = Next())
        {
            items.Add(Node($"{path}[{items.Count}]", depth + 1, next));
        }
        return new YamlList(path, line, items);
    }

    private YamlMap Map(string path, int depth, int line)
    {
        var entries = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        var map = new YamlMap(path, line, entries);
        for (var next = Next(); next is not MappingEnd; next = Next())
        {
            if (next is not Scalar key)
            {
                throw new TreeException(
                    next.Start,
                    "A key must be a single word.",
                    "Check the brackets, or quote the key."
                );
            }
            var at = map.At(key.Value);
            var keyLine = LineOf(key.Start);
            _findings.Locate(at, keyLine);
            var value = Node(at, depth + 1, Next());
            if (!entries.TryAdd(key.Value, value))
            {
                _findings.AddAt(
                    keyLine,
                    "duplicate_key",
                    $"`{at}` is given a second time; the first is in line {_findings.LineOf(at)}.",
                    "Remove one of them.",
                    at
                );
            }
        }
        return map;
    }

    private static int LineOf(Mark mark) => (int)Math.Max(1, mark.Line);

    private static string Reason(YamlException exception)
    {
        var reason = (exception.InnerException ?? exception).Message.TrimEnd('.');
        return reason.Length == 0 ? "unexpected text." : $"{char.ToLowerInvariant(reason[0])}{reason[1..]}.";
    }

    /// <summary>
    /// The line beside an error that is indented with a tab, which YAML's messages never name as the reason.
    /// </summary>
    private static int? TabNear(string text, int line)
    {
        var lines = text.AsSpan().EnumerateLines();
        for (var number = 1; number <= line + 1 && lines.MoveNext(); number++)
        {
            if (number >= line - 1 && lines.Current.TrimStart(' ') is ['\t', ..])
            {
                return number;
            }
        }
        return null;
    }

    private sealed class TreeException(Mark mark, string message, string suggestion) : Exception(message)
    {
        public int Line { get; } = LineOf(mark);

        public string Suggestion { get; } = suggestion;
    }
}

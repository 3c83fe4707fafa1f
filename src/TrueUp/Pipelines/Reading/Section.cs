using System.Globalization;
using TrueUp.Pipelines.Yaml;

namespace TrueUp.Pipelines.Reading;

/// <summary>
/// One mapping of a file, read key by key. A value of the wrong kind becomes a finding and the default, so
/// that
/// reading goes on; unknown keys are found when the section is opened.
/// </summary>
internal sealed class Section
{
    private readonly YamlMap _map;
    private readonly FindingList _findings;
    private readonly IReadOnlyList<string> _known;

    /// <param name="map">The mapping.</param>
    /// <param name="section">Its name in the reference: <c>verify</c>, <c>rules[]</c>; empty at the top.</param>
    /// <param name="findings">Where findings go.</param>
    public Section(YamlMap map, string section, FindingList findings)
    {
        _map = map;
        _findings = findings;
        _known = findings.Sort.NamesIn(section);
        foreach (var key in map.Entries.Keys.Where(k => !_known.Contains(k)))
        {
            findings.Add(map.At(key), "unknown_key", $"`{key}` is no key of {Where()}.", Spelling.Suggest(key, _known));
            if (Spelling.Nearest(key, _known) is { } meant && !map.Entries.ContainsKey(meant))
            {
                // That the key is missing under its right name is the same mistake.
                findings.Excuse(map.At(meant));
            }
        }
    }

    /// <summary>The node of a key; null when it is missing or has no value.</summary>
    public YamlNode? Node(string key) =>
        !_known.Contains(key) ? throw new ArgumentException($"The reference does not list {_map.At(key)}.", nameof(key))
        : _map.Entries.GetValueOrDefault(key) is { } node and not YamlText { IsNull: true } ? node
        : null;

    /// <summary>Adds a finding when a key that must be given is not.</summary>
    public void Require(string key, string suggestion)
    {
        if (Node(key) is null && !_findings.IsExcused(_map.At(key)))
        {
            _findings.Add(_map.At(key), "missing_key", $"`{key}` is missing in {Where()}.", suggestion);
        }
    }

    /// <summary>A text.</summary>
    public string? Text(string key) =>
        Node(key) switch
        {
            null => null,
            YamlText text => text.Text,
            var other => Bad<string>(key, $"is {other.Kind}, not a single value", "Write one value."),
        };

    /// <summary>A text, or a list of texts.</summary>
    public IReadOnlyList<string>? Texts(string key)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlText text:
                return [text.Text];
            case YamlList list when list.Items.All(i => i is YamlText { IsNull: false }):
                return [.. list.Items.Cast<YamlText>().Select(i => i.Text)];
            default:
                return Bad<IReadOnlyList<string>>(
                    key,
                    "is not a value or a list of values",
                    $"Write `{key}: [one, two]`."
                );
        }
    }

    /// <summary>A truth value.</summary>
    public bool Flag(string key, bool otherwise) =>
        Text(key) switch
        {
            null => otherwise,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            var text => Bad<bool?>(key, $"is `{Shorten(text)}`", "Write true or false.") ?? otherwise,
        };

    /// <summary>A whole number.</summary>
    public int? Number(string key) =>
        Value<int>(
            key,
            (string text, out int value) =>
                int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
            "Write a whole number."
        );

    /// <summary>A number.</summary>
    public double? Real(string key) =>
        Value<double>(
            key,
            (string text, out double value) =>
                double.TryParse(
                    text,
                    NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out value
                ),
            "Write a number such as 1.5."
        );

    /// <summary>A duration.</summary>
    public TimeSpan? Time(string key) =>
        Value<TimeSpan>(key, Duration.TryParse, "Write a whole number and a unit: 500ms, 30s, 15m, 2h, 1d.");

    /// <summary>A size in bytes.</summary>
    public long? Bytes(string key) =>
        Value<long>(key, ByteSize.TryParse, "Write a whole number and a unit: 512KB, 32MB, 1GB.");

    /// <summary>A number or a percentage.</summary>
    public Allowance? Allowance(string key) =>
        Value<Allowance>(
            key,
            Pipelines.Allowance.TryParse,
            "Write a whole number such as 5, or a percentage such as 2.5%."
        );

    /// <summary>A percentage from 1 to 100.</summary>
    public double? Percentage(string key) =>
        Value<double>(
            key,
            (string text, out double value) =>
            {
                var ok =
                    Pipelines.Allowance.TryParse(text, out var allowance)
                    && allowance is { IsPercent: true, Value: >= 1 };
                value = allowance.Value;
                return ok;
            },
            "Write a percentage from 1% to 100%."
        );

    /// <summary>One of an enumeration's names, in lower case.</summary>
    public T? Choice<T>(string key)
        where T : struct, Enum
    {
        if (Text(key) is not { } text)
        {
            return null;
        }
        var names = Enum.GetNames<T>().Select(n => n.ToLowerInvariant()).ToList();
        return names.Contains(text)
            ? Enum.Parse<T>(text, ignoreCase: true)
            : Bad<T?>(
                key,
                $"is `{Shorten(text)}`",
                Spelling.Nearest(text, names) is { } nearest
                    ? $"Did you mean `{nearest}`?"
                    : $"Write {string.Join(" or ", names)}."
            );
    }

    /// <summary>A mapping inside this one.</summary>
    public Section? Inner(string key, string section) =>
        Node(key) switch
        {
            null => null,
            YamlMap map => new Section(map, section, _findings),
            var other => Bad<Section>(
                key,
                $"is {other.Kind}, not a mapping",
                $"Write `{key}: {{{_findings.Sort.NamesIn(section)[0]}: …}}`."
            ),
        };

    private delegate bool Parser<T>(string text, out T value);

    private T? Value<T>(string key, Parser<T> parse, string suggestion)
        where T : struct =>
        Text(key) switch
        {
            null => null,
            var text when parse(text, out var value) => value,
            var text => Bad<T?>(key, $"is `{Shorten(text)}`", suggestion),
        };

    private T? Bad<T>(string key, string message, string suggestion)
    {
        _findings.Add(_map.At(key), "bad_value", $"`{_map.At(key)}` {message}.", suggestion);
        return default;
    }

    private string Where() => _map.Path.Length == 0 ? _findings.Sort.Name : $"`{_map.Path}`";

    private static string Shorten(string text) => text.Length > 60 ? $"{text[..60]}…" : text;
}

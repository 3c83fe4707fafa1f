using System.Globalization;

namespace TrueUp.Pipelines;

/// <summary>
/// One end of a pipeline: a type and its options. Values are texts (a list for options of several values) with
/// environment
/// references already replaced and paths already absolute.
/// </summary>
public sealed record SideDefinition(string Type)
{
    /// <summary>Values by option name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Options { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>
    /// Where each option stands in the pipeline file: line numbers from 1; empty when there is no file.
    /// </summary>
    public IReadOnlyDictionary<string, int> Lines { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>The option's value, or null when it is not given.</summary>
    public string? this[string name] =>
        Options.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;

    /// <summary>The option's values; empty when it is not given.</summary>
    public IReadOnlyList<string> List(string name) => Options.TryGetValue(name, out var values) ? values : [];

    /// <summary>A flag's value.</summary>
    public bool Flag(string name, bool otherwise) => this[name] is { } text ? bool.Parse(text) : otherwise;

    /// <summary>A number's value.</summary>
    public int Number(string name, int otherwise) =>
        this[name] is { } text
            ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : otherwise;

    /// <summary>The same side with one option set.</summary>
    public SideDefinition With(string name, params IReadOnlyList<string> values) =>
        this with
        {
            Options = new Dictionary<string, IReadOnlyList<string>>(Options, StringComparer.Ordinal)
            {
                [name] = values,
            },
        };

    /// <summary>The same side without an option.</summary>
    public SideDefinition Without(string name) =>
        this with
        {
            Options = Options
                .Where(o => !string.Equals(o.Key, name, StringComparison.Ordinal))
                .ToDictionary(o => o.Key, o => o.Value, StringComparer.Ordinal),
        };
}

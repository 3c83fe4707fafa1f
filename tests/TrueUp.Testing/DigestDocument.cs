using System.Text.RegularExpressions;

namespace TrueUp.Testing;

/// <summary>What <c>docs/digest.md</c> states in tables and blocks, so that tests can hold it to its word.</summary>
public static partial class DigestDocument
{
    private static readonly string Text = File.ReadAllText(RepositoryRoot.Combine("docs", "digest.md"));

    /// <summary>The expressions for the send form and the canonical text of a column <c>col</c>, by logical
    /// type.</summary>
    public static IReadOnlyDictionary<string, (string Send, string Canonical)> Forms { get; } =
        FormRow().Matches(Text).ToDictionary(m => m.Groups[1].Value, m => (m.Groups[2].Value, m.Groups[3].Value));

    /// <summary>
    /// How a value is mixed into the hash so far, <c>h</c>, and what stands in for null, for the types that are not
    /// hashed by
    /// their canonical text.
    /// </summary>
    public static IReadOnlyDictionary<string, (string Mix, string Null)> Steps { get; } =
        StepRow().Matches(Text).ToDictionary(m => m.Groups[1].Value, m => (m.Groups[2].Value, m.Groups[3].Value));

    /// <summary>The example rows: what the corpus says they are about, and the hash with seed 0.</summary>
    public static IReadOnlyList<(string About, long Hash)> Examples { get; } =
    [.. ExampleRow().Matches(Text).Select(m => (m.Groups[1].Value, long.Parse(m.Groups[2].Value)))];

    /// <summary>The statements that pin a connection's settings.</summary>
    public static string Settings { get; } = SettingsBlock().Match(Text).Groups[1].Value;

    [GeneratedRegex(@"^\| `(\w+)` \| [^|]+ \| `([^|`]+)` \| `([^|`]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex FormRow();

    [GeneratedRegex(@"^\| `(\w+)` \| `([^|`]+)` \| `([^|`]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex StepRow();

    [GeneratedRegex(@"^\| ([^|`]+) \| [^|]+ \| `(-?\d+)` \|$", RegexOptions.Multiline)]
    private static partial Regex ExampleRow();

    [GeneratedRegex(@"^```sql\n((?:SET .*;\n)+)```$", RegexOptions.Multiline)]
    private static partial Regex SettingsBlock();
}

using System.Text.RegularExpressions;
using TrueUp.Audit;
using TrueUp.Pipelines.Reading;
using TrueUp.Pipelines.Yaml;

namespace TrueUp.Server.Pipelines;

/// <summary>
/// Secrets that are written out in a pipeline file instead of being referred to by <c>${NAME}</c>. When in doubt,
/// something is one.
/// </summary>
internal static partial class InlineSecrets
{
    /// <summary>What is shown for a secret.</summary>
    public const string Hidden = "***";

    /// <summary>Stands for a reference, and for nothing else: a character nobody writes.</summary>
    private const string Reference = "\uE000";

    private const int TimeoutMs = 1000;

    /// <summary>Whether a secret is written out in a text.</summary>
    public static bool AreIn(string yaml) => Find(yaml) is not { Count: 0 };

    /// <summary>The text with its secrets hidden; null when they cannot be told from the rest.</summary>
    public static string? Redact(string yaml)
    {
        if (Find(yaml) is not { } secrets)
        {
            return null;
        }
        foreach (var secret in secrets.OrderByDescending(s => s.Length))
        {
            if (!yaml.Contains(secret, StringComparison.Ordinal))
            {
                return null;
            }
            yaml = yaml.Replace(secret, Hidden, StringComparison.Ordinal);
        }
        return yaml;
    }

    /// <summary>The values and comments that hold secrets; null when the text is no YAML and may hold some.</summary>
    private static HashSet<string>? Find(string yaml)
    {
        try
        {
            var secrets = new HashSet<string>(StringComparer.Ordinal);
            foreach (var comment in Comment().Matches(yaml).Select(match => match.Value).Where(c => IsSecret("", c)))
            {
                secrets.Add(comment.Trim());
            }
            if (YamlTree.Load(yaml, new FindingList(null)) is { } root)
            {
                Collect("", root, secrets);
                return secrets;
            }
            return yaml.Split('\n').Any(line => IsSecret("", line)) ? null : secrets;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static void Collect(string key, YamlNode node, HashSet<string> secrets)
    {
        switch (node)
        {
            case YamlMap map:
                foreach (var (name, value) in map.Entries)
                {
                    Collect(name, value, secrets);
                }
                break;
            case YamlList list:
                foreach (var item in list.Items)
                {
                    Collect(key, item, secrets);
                }
                break;
            case YamlText { IsNull: false } text when IsSecret(key, text.Text):
                secrets.Add(text.Text);
                break;
        }
    }

    private static bool IsSecret(string key, string text)
    {
        var masked = EnvironmentReference().Replace(text, Reference);
        if (masked.Length == 0 || masked == Reference)
        {
            return false;
        }
        var line = key.EndsWith("_file", StringComparison.Ordinal) ? masked : $"{key}: {masked}";
        return NamedSecrets.Hide(line, Reference) != line
            || UrlPassword().Matches(masked).Any(match => match.Groups["password"].Value is not Reference)
            || Redaction.HoldsToken(masked);
    }

    [GeneratedRegex(@"\$\{\w+\}", RegexOptions.CultureInvariant, TimeoutMs)]
    private static partial Regex EnvironmentReference();

    [GeneratedRegex(@"(?<=^|\s)#[^\r\n]*", RegexOptions.CultureInvariant | RegexOptions.Multiline, TimeoutMs)]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"://[^\s/@:]*:(?<password>\S+)@",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeoutMs
    )]
    private static partial Regex UrlPassword();
}

using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace TrueUp.Audit;

/// <summary>
/// Hides values that stand behind a name such as <c>password=</c>, <c>"clientSecret": </c> or <c>X-Api-Key: </c>. Where
/// a value ends depends on who wrote it (a connection string, JSON, a URL's query, a person), so of the possible ends
/// the latest is taken.
/// </summary>
internal static partial class NamedSecrets
{
    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t&;");

    /// <summary>Hides what stands behind a name such as <c>password=</c>.</summary>
    public static string Hide(string text, string hidden)
    {
        var name = SecretName().Match(text);
        if (!name.Success)
        {
            return text;
        }
        var clean = new StringBuilder(text.Length);
        var at = 0;
        while (name.Success)
        {
            var start = name.Index + name.Length;
            clean.Append(text, at, start - at).Append(hidden);
            at = start + SecretLength(text.AsSpan(start), IsConnectionPart(text.AsSpan(0, name.Index)));
            name = SecretName().Match(text, at);
        }
        return clean.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>
    /// Whether a name that follows is one of a connection string: at the beginning of a line or behind a semicolon.
    /// </summary>
    private static bool IsConnectionPart(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd(' ');
        return before.IsEmpty || before[^1] is ';' or '\n';
    }

    private static int SecretLength(ReadOnlySpan<char> rest, bool inConnection)
    {
        var line = rest.IndexOfAny('\r', '\n') is >= 0 and var end ? rest[..end] : rest;
        if (line.Length > 0 && line[0] is '"' or '\'')
        {
            // Connection strings double a quote, JSON escapes it: whichever reading ends later is the safe one.
            return Math.Max(QuotedLength(line, '\0'), QuotedLength(line, '\\'));
        }
        var semicolon = line.IndexOf(';');
        if (inConnection)
        {
            return semicolon < 0 ? line.Length : semicolon;
        }
        if (semicolon >= 0 && !line[..semicolon].ContainsAny('"', '\''))
        {
            // It may be a connection string all the same, and its password have spaces.
            return semicolon;
        }
        return line.IndexOfAny(WordEnds) is >= 0 and var word ? word : line.Length;
    }

    /// <summary>The length of a quoted text with its quotes; the whole line when the last quote is missing.</summary>
    private static int QuotedLength(ReadOnlySpan<char> line, char escape)
    {
        var quote = line[0];
        for (var i = 1; i < line.Length; i++)
        {
            if (line[i] == escape)
            {
                i++;
            }
            else if (line[i] == quote)
            {
                if (escape != '\0' || i + 1 >= line.Length || line[i + 1] != quote)
                {
                    return i + 1;
                }
                i++;
            }
        }
        return line.Length;
    }

    [GeneratedRegex(
        @"(password|passwd|passphrase|passwort|pwd|secret|credential|api[ _-]?key|access[ _-]?key|account[ _-]?key"
        + @"|private[ _-]?key|token|signature|authorization)[\w.-]{0,40}[""']?\s{0,20}(=>|:=|=|:)[ \t]{0,20}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Redaction.TimeoutMs)]
    private static partial Regex SecretName();
}

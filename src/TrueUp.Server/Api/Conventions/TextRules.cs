using TrueUp.Pipelines;

namespace TrueUp.Server.Api.Conventions;

/// <summary>What texts from outside have to be: not too long, and without control characters.</summary>
internal static class TextRules
{
    /// <summary>What to give instead of a text, or null when it will do.</summary>
    public static string? Complaint(string text, int charactersMax)
    {
        if (text.Length > charactersMax)
        {
            return $"at most {charactersMax} characters";
        }
        return text.Any(c => (char.IsControl(c) && c is not ('\n' or '\t')) || char.IsSurrogate(c)) && !IsWell(text)
            ? "a text without control characters"
            : null;
    }

    /// <summary>Adds a finding about a member of a body that will not do.</summary>
    /// <param name="findings">The findings so far.</param>
    /// <param name="path">The member, such as <c>$.reason</c>.</param>
    /// <param name="text">Its value; null is for the caller to judge.</param>
    /// <param name="charactersMax">How long it may be.</param>
    public static void Check(this List<Finding> findings, string path, string? text, int charactersMax)
    {
        if (text is not null && Complaint(text, charactersMax) is { } complaint)
        {
            findings.Add(new Finding("bad_value", $"{path} cannot be used.", $"Give {complaint}.") { Path = path });
        }
    }

    /// <summary>The same for one that must say something.</summary>
    public static void CheckRequired(this List<Finding> findings, string path, string text, int charactersMax)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            findings.Add(new Finding("missing_value", $"{path} is empty.", "Say something.") { Path = path });
        }
        findings.Check(path, text, charactersMax);
    }

    // Pairs of surrogates are characters beyond the first 65,536; a single one is none.
    private static bool IsWell(string text) =>
        !text.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))
        && !text.EnumerateRunes().Any(rune => rune == System.Text.Rune.ReplacementChar);
}

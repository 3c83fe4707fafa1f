using System.Text.RegularExpressions;

namespace TrueUp.Audit;

/// <summary>
/// Takes secrets and personal data out of texts before they are stored or shown: passwords in connection strings and
/// URLs, bearer tokens, API keys, e-mail addresses, card and phone numbers. When in doubt it takes out more. Keys of
/// records are not cleaned (they are how a record is found), so texts should name records by the key field next to
/// them.
/// </summary>
public static partial class Redaction
{
    /// <summary>Characters that are kept of a text; the rest is cut off.</summary>
    public const int LengthMax = 16 * 1024;

    private const string Hidden = "***";
    internal const int TimeoutMs = 1000;
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const RegexOptions AnyCase = Options | RegexOptions.IgnoreCase;

    /// <summary>A message without secrets and personal data, at most <see cref="LengthMax"/> characters.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }
        try
        {
            return Replace(Shorten(text));
        }
        catch (RegexMatchTimeoutException)
        {
            // A text that cannot be cleaned in time is not worth a leak.
            return "[text withheld: it could not be cleaned of secrets in time]";
        }
    }

    /// <summary>Like <see cref="Clean"/>, but null stays null.</summary>
    public static string? CleanOrNull(string? text) => text is null ? null : Clean(text);

    /// <summary>A stack trace with its types, methods and line numbers, without secrets and without folders.</summary>
    public static string? StackTrace(string? text)
    {
        if (text is null)
        {
            return null;
        }
        var clean = Clean(text);
        try
        {
            return Folder().Replace(FrameFile().Replace(clean, " in ${file}"), "${file}");
        }
        catch (RegexMatchTimeoutException)
        {
            return "[stack trace withheld: it could not be cleaned in time]";
        }
    }

    /// <summary>Whether a text holds a key or token that can be told by its form.</summary>
    internal static bool HoldsToken(string text) => Scheme().IsMatch(text) || KnownKey().IsMatch(text);

    private static string Replace(string text)
    {
        text = Scheme().Replace(text, "${scheme} " + Hidden);
        text = UserInfo().Replace(text, Hidden + "@");
        text = NamedSecrets.Hide(text, Hidden);
        text = KnownKey().Replace(text, Hidden);
        text = Email().Replace(text, "[email]");
        text = Card().Replace(text, number => IsCard(number.ValueSpan) ? "[number]" : number.Value);
        return Phone().Replace(text, "[phone]");
    }

    /// <summary>Cuts between words, so that no half of a secret is left that its pattern would not know.</summary>
    private static string Shorten(string text)
    {
        if (text.Length <= LengthMax)
        {
            return text;
        }
        var end = text.AsSpan(0, LengthMax - 1).LastIndexOfAny(' ', '\n', '\t');
        return string.Concat(text.AsSpan(0, Math.Max(end, 0)), "…");
    }

    /// <summary>Luhn's check, which one in ten other numbers passes.</summary>
    private static bool IsCard(ReadOnlySpan<char> text)
    {
        var (sum, digits) = (0, 0);
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                var digit = (text[i] - '0') * (1 + (digits++ & 1));
                sum += digit > 9 ? digit - 9 : digit;
            }
        }
        return digits is >= 13 and <= 19 && sum % 10 == 0;
    }

    [GeneratedRegex(@"\b(?<scheme>bearer|basic|digest|negotiate)\s+[\w.~+/=:-]{4,}", AnyCase, TimeoutMs)]
    private static partial Regex Scheme();

    // Up to the last @ before a space: a password with an unescaped @ or / does not stay behind.
    [GeneratedRegex(@"(?<=://)\S*@", Options, TimeoutMs)]
    private static partial Regex UserInfo();

    [GeneratedRegex(
        @"\b((AKIA|ASIA)[0-9A-Z]{16}|AIza[\w-]{35}|gh[opsur]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}"
            + @"|tu_[a-z0-9]{8}_[\w-]{16,}|xox[a-z]-[\w-]{10,}|[sprw]k[_-](live|test|proj|ant)?[\w-]{16,}"
            + @"|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*)",
        Options,
        TimeoutMs
    )]
    private static partial Regex KnownKey();

    [GeneratedRegex(@"(?<![\w.!#$%&'*+/=?^`{|}~-])[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)*", Options, TimeoutMs)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<![\d.])[2-6]\d{3}([ -]?\d){9,15}(?![\d])", Options, TimeoutMs)]
    private static partial Regex Card();

    [GeneratedRegex(
        @"(?<![\w.])(\+\d[\d ().\/-]{6,20}\d|\(\d{2,5}\)[ -]?\d{3,4}[ -]?\d{3,5}|\d{3}[-. ]\d{3}[-. ]\d{4})(?![\w])",
        Options,
        TimeoutMs
    )]
    private static partial Regex Phone();

    [GeneratedRegex(@" in (?<folder>[^\r\n]*[\\/])(?<file>[^\\/\r\n]+:line \d+)", Options, TimeoutMs)]
    private static partial Regex FrameFile();

    [GeneratedRegex(
        @"(?<![\w.:/\\])([A-Za-z]:[\\/]|\\\\|/)([^\s:""'/\\]+[\\/])*(?<file>[^\s:""'/\\]+)",
        Options,
        TimeoutMs
    )]
    private static partial Regex Folder();
}

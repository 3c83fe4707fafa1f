using System.Diagnostics.CodeAnalysis;

namespace TrueUp.Server.Api.Conventions;

/// <summary>Where a list goes on: the <c>next</c> of the page before, in a list of runs, jobs or receipts.</summary>
/// <param name="Value">An identifier.</param>
internal readonly record struct After(string Value) : IParsable<After>, IQueryValue
{
    private const int IdLength = 26;

    /// <inheritdoc />
    public static string Expected => "the next of the page before, unchanged";

    /// <summary>Whether a text has the form of an identifier of a run or a job.</summary>
    public static bool IsId(string text) =>
        text.Length == IdLength && text.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c));

    /// <inheritdoc />
    public static After Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var after) ? after : throw new FormatException($"Expected {Expected}.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out After result)
    {
        result = new After(s ?? "");
        return s is not null && IsId(s);
    }
}

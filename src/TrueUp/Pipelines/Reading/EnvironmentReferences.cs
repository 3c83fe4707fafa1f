using System.Buffers;
using System.Text;

namespace TrueUp.Pipelines.Reading;

/// <summary>
/// Replaces <c>${NAME}</c> by the value of an environment variable; <c>$${</c> stands for <c>${</c> itself.
/// </summary>
internal sealed class EnvironmentReferences(Func<string, string?> environment)
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
    );

    /// <summary>Replaces all references of a text.</summary>
    /// <param name="text">The text as it stands in the file.</param>
    /// <param name="problem">Told about each reference that has no value: message and suggestion.</param>
    public string Replace(string text, Action<string, string> problem)
    {
        if (!text.Contains("${", StringComparison.Ordinal))
        {
            return text;
        }
        var result = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        for (var at = rest.IndexOf("${"); at >= 0; at = rest.IndexOf("${"))
        {
            result.Append(rest[..at]);
            if (at > 0 && rest[at - 1] == '$')
            {
                // The dollar before it is already in the result; the reference's own gives way.
                result.Append('{');
                rest = rest[(at + 2)..];
                continue;
            }
            rest = rest[(at + 2)..];
            var end = rest.IndexOf('}');
            var name = end < 0 ? "" : rest[..end].ToString();
            rest = end < 0 ? [] : rest[(end + 1)..];
            result.Append(Value(name, problem));
        }
        return result.Append(rest).ToString();
    }

    private string Value(string name, Action<string, string> problem)
    {
        if (!IsName(name))
        {
            problem(
                "An environment reference is not well formed.",
                "Write ${NAME} with letters, digits and _; write $${ for the characters ${ themselves."
            );
            return "";
        }
        if (environment(name) is { } value)
        {
            return value;
        }
        problem(
            $"The environment variable {name} is not set.",
            $"Set it before the command, for example: export {name}=…"
        );
        return "";
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 200
        && !char.IsAsciiDigit(text[0])
        && !text.AsSpan().ContainsAnyExcept(NameCharacters);
}

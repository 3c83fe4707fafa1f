using System.Text.RegularExpressions;
using TrueUp.Testing;

namespace TrueUp.Cli.Tests;

/// <summary>
/// Compares texts with files in <c>Golden/</c>. With TRUEUP_UPDATE_GOLDEN=1 the files are written instead; look at the
/// difference before committing it.
/// </summary>
public static partial class Golden
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("TRUEUP_UPDATE_GOLDEN") == "1";

    /// <summary>Fails unless the text is what the file says.</summary>
    public static void ShouldMatch(string name, string text) =>
        ShouldMatchFile(RepositoryRoot.Combine("tests", "TrueUp.Cli.Tests", "Golden", name), text);

    /// <summary>Fails unless the text is what the file says, wherever it is.</summary>
    public static void ShouldMatchFile(string path, string text)
    {
        if (Updates)
        {
            File.WriteAllText(path, text);
            return;
        }
        File.Exists(path).ShouldBeTrue($"There is no {path}; write it with TRUEUP_UPDATE_GOLDEN=1.");
        string[] expected = File.ReadAllText(path).Split('\n'),
            actual = text.Split('\n');
        for (int i = 0; i < Math.Max(expected.Length, actual.Length); i++)
        {
            // A line by itself: nobody finds the difference in a whole document.
            actual
                .ElementAtOrDefault(i)
                .ShouldBe(
                    expected.ElementAtOrDefault(i),
                    $"{path}:{i + 1} differs; if that is meant, update it with TRUEUP_UPDATE_GOLDEN=1."
                );
        }
    }

    /// <summary>Replaces run identifiers, times and durations.</summary>
    public static string Normalise(string text)
    {
        text = RunId().Replace(text, "{run}");
        text = Timestamp().Replace(text, "{time}");
        text = Milliseconds().Replace(text, "$1{ms}");
        return Version().Replace(text, "$1{version}");
    }

    [GeneratedRegex("[0-9A-HJKMNP-TV-Z]{26}")]
    private static partial Regex RunId();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")]
    private static partial Regex Timestamp();

    [GeneratedRegex("(_ms\":)\\d+(\\.\\d+)?")]
    private static partial Regex Milliseconds();

    [GeneratedRegex(@"((?:trueup|""version"":"") ?)\d+\.\d+\.\d+")]
    private static partial Regex Version();
}

using TrueUp.Testing;

namespace TrueUp.Server.Tests.Api;

/// <summary>
/// Compares texts with files of the repository. With TRUEUP_UPDATE_GOLDEN=1 the files are written instead; look at the
/// difference then.
/// </summary>
internal static class ApiGolden
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("TRUEUP_UPDATE_GOLDEN") == "1";

    public static void ShouldBeAsIn(string text, params string[] path)
    {
        var file = RepositoryRoot.Combine(path);
        text = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Updates)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            return;
        }
        File.Exists(file).ShouldBeTrue($"There is no {file}; write it with TRUEUP_UPDATE_GOLDEN=1.");
        text.ShouldBe(File.ReadAllText(file));
    }
}

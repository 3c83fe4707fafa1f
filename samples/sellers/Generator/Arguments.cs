using System.Globalization;

namespace TrueUp.Samples.Sellers;

/// <summary>What the command line asks for.</summary>
/// <param name="Folder">Where the files go.</param>
/// <param name="Seed">Decides everything that is random.</param>
/// <param name="Clean">Whether mistakes are mended.</param>
internal sealed record Arguments(string Folder, ulong Seed, bool Clean)
{
    /// <summary>The seed when none is given.</summary>
    public const ulong DefaultSeed = 12679;

    /// <summary>Reads <c>FOLDER [--seed N] [--clean]</c>.</summary>
    public static bool TryParse(IReadOnlyList<string> words, out Arguments arguments)
    {
        arguments = new Arguments("", DefaultSeed, Clean: false);
        for (var i = 0; i < words.Count; i++)
        {
            switch (words[i])
            {
                case "--clean":
                    arguments = arguments with { Clean = true };
                    break;
                case "--seed"
                    when ulong.TryParse(words.ElementAtOrDefault(i + 1), CultureInfo.InvariantCulture, out var seed):
                    arguments = arguments with { Seed = seed };
                    i++;
                    break;
                case var folder when arguments.Folder.Length == 0 && folder.Length > 0 && !folder.StartsWith('-'):
                    arguments = arguments with { Folder = folder };
                    break;
                default:
                    return false;
            }
        }
        return arguments.Folder.Length > 0;
    }
}

using System.Collections.Immutable;
using TrueUp.Pipelines;

namespace TrueUp.Server.Pipelines;

/// <summary>Makes the catalog of the files of a folder.</summary>
internal static class CatalogBuilder
{
    /// <summary>The entries, and the versions in force, by name.</summary>
    /// <param name="files">The files.</param>
    /// <param name="before">The versions in force so far.</param>
    public static (
        ImmutableSortedDictionary<string, PipelineEntry> Entries,
        ImmutableDictionary<string, GoodVersion> InForce
    ) Build(IReadOnlyCollection<KnownFile> files, ImmutableDictionary<string, GoodVersion> before)
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, PipelineEntry>(StringComparer.Ordinal);
        var inForce = ImmutableDictionary.CreateBuilder<string, GoodVersion>(StringComparer.Ordinal);
        foreach (var claim in files.Where(f => f.Good is not null).GroupBy(f => f.Good!.Definition.Name))
        {
            var claimants = claim.OrderBy(f => f.Path, StringComparer.Ordinal).ToList();
            var version =
                claimants.Count == 1 ? claimants[0].Good : Former(claimants, before.GetValueOrDefault(claim.Key));
            if (version is not null)
            {
                inForce[claim.Key] = version;
            }
            entries[claim.Key] = new PipelineEntry(
                claim.Key,
                version?.Definition.File ?? claimants[0].Path,
                version?.Definition,
                [
                    .. claimants.SelectMany(f => f.Findings),
                    .. claimants.Count == 1 ? [] : Duplicates(claim.Key, claimants),
                ]
            );
        }
        foreach (var file in files.Where(f => f.Good is null).OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            // Which pipeline it was meant to be is not known; its own name must not hide one that works.
            var name = Path.GetFileNameWithoutExtension(file.Path);
            name = entries.ContainsKey(name) ? Path.GetFileName(file.Path) : name;
            entries[name] = new PipelineEntry(name, file.Path, null, file.Findings);
        }
        return (entries.ToImmutable(), inForce.ToImmutable());
    }

    /// <summary>Of several files with one name none is taken; one that was in force before stays as it was.</summary>
    private static GoodVersion? Former(List<KnownFile> claimants, GoodVersion? before) =>
        claimants.Exists(f => f.Path == before?.Definition.File) ? before : null;

    private static IEnumerable<Finding> Duplicates(string name, List<KnownFile> claimants) =>
        claimants.Select(file => new Finding(
            "duplicate_name",
            $"{claimants.Count} files are called {name}: {string.Join(", ", claimants.Select(f => Path.GetFileName(f.Path)))}. None of them is taken.",
            "Give each pipeline a name of its own."
        )
        {
            File = file.Path,
            Path = "name",
        });
}

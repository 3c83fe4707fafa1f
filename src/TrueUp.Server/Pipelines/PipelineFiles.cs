using System.Collections.Immutable;

namespace TrueUp.Server.Pipelines;

/// <summary>The folder to somebody who changes it, alone.</summary>
/// <param name="Folder">Its absolute path.</param>
/// <param name="Known">Files by path.</param>
/// <param name="InForce">Versions in force by name.</param>
internal sealed record PipelineFiles(
    string Folder,
    IReadOnlyDictionary<string, KnownFile> Known,
    ImmutableDictionary<string, GoodVersion> InForce
)
{
    /// <summary>The files that claim a name: more than one when none of them is taken.</summary>
    public IReadOnlyList<KnownFile> Of(string name) =>
        [
            .. Known.Values.Where(file =>
                (file.Good?.Definition.Name ?? Path.GetFileNameWithoutExtension(file.Path)) == name
            ),
        ];
}

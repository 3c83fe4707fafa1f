using TrueUp.Pipelines;
using TrueUp.Pipelines.Reading;
using TrueUp.Server.Settings.Watching;
using TrueUp.Sides;

namespace TrueUp.Server.Pipelines;

/// <summary>
/// A file in the folder of pipelines: as it was last read, and the last version of it without mistakes.
/// </summary>
internal sealed class KnownFile(string path, TimeProvider clock)
{
    private bool _isRead;

    /// <summary>The absolute path.</summary>
    public string Path => path;

    /// <summary>When it changes.</summary>
    public FileWatch Watch { get; } = new(path, clock);

    /// <summary>SHA-256 of its bytes, or null when they cannot be read.</summary>
    public string? Hash { get; private set; }

    /// <summary>What stands in it, or null when that is no text.</summary>
    public string? Text { get; private set; }

    /// <summary>What is wrong with it now.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    /// <summary>The last version without mistakes, or null when there was none.</summary>
    public GoodVersion? Good { get; private set; }

    /// <summary>Reads the file.</summary>
    /// <returns>Whether anything about it is new.</returns>
    public bool Read(ConnectorRegistry connectors, Func<string, string?> environment)
    {
        if (Load(out var bytes) is { } problem)
        {
            var isNew = !_isRead || !Findings.SequenceEqual([problem]);
            (_isRead, Hash, Text, Findings) = (true, null, null, [problem]);
            return isNew;
        }
        var hash = PipelineFile.Hash(bytes);
        if (_isRead && hash == Hash)
        {
            return false;
        }
        var reading = PipelineReader.ReadBytes(bytes, path, connectors, environment);
        (_isRead, Hash, Text, Findings) = (
            true,
            hash,
            PipelineFile.Decode(bytes, new FindingList(path)),
            reading.Findings
        );
        if (reading.Pipeline is { } pipeline)
        {
            Good = new GoodVersion(pipeline, Text!);
        }
        return true;
    }

    private Finding? Load(out byte[] bytes)
    {
        bytes = [];
        var stamp = FileStamp.Of(path);
        if (stamp.Target is { } target && !RealPath.IsBelow(target, System.IO.Path.GetDirectoryName(path)!))
        {
            return new Finding(
                "link_outside",
                $"{System.IO.Path.GetFileName(path)} is a link to somewhere outside of the folder.",
                "Put the file itself into the folder."
            )
            {
                File = path,
            };
        }
        // What has no length need not be opened, and may be a pipe that would never answer.
        return stamp.Length > 0
            ? PipelineFile.Load(path, out bytes) is { } finding
                ? finding with
                {
                    File = path,
                }
                : null
            : null;
    }
}

namespace TrueUp.Pipelines.Reading;

/// <summary>Collects what is wrong with one file and knows the line of each place in it.</summary>
internal sealed class FindingList(string? file, FileSort? sort = null)
{
    /// <summary>More than this many help nobody.</summary>
    private const int FindingsMax = 200;

    private readonly List<Finding> _findings = [];
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>What sort of file it is.</summary>
    public FileSort Sort { get; } = sort ?? FileSort.Pipeline;

    /// <summary>Whether the file cannot be used.</summary>
    public bool HasErrors => _findings.Exists(f => f.IsError);

    /// <summary>Notes where a place of the document stands.</summary>
    public void Locate(string path, int line) => _lines.TryAdd(path, line);

    /// <summary>The line of a place, or of the place around it that the file does have.</summary>
    public int? LineOf(string path)
    {
        while (true)
        {
            if (_lines.TryGetValue(path, out var line))
            {
                return line;
            }
            var end = path.LastIndexOfAny(['.', '[']);
            if (end < 0)
            {
                return _lines.TryGetValue("", out line) ? line : null;
            }
            path = path[..end];
        }
    }

    /// <summary>Takes note that whatever is wrong with a place is the consequence of another finding.</summary>
    public void Excuse(string path) => _paths.Add(path);

    /// <summary>Whether a finding already says what is wrong with exactly this place.</summary>
    public bool IsExcused(string path) => _paths.Contains(path);

    /// <summary>Adds an error about a place of the document.</summary>
    public void Add(string path, string code, string message, string suggestion) =>
        Add(new Finding(code, message, suggestion) { Path = path });

    /// <summary>Adds an error about a line: where the document has no places, or one place twice.</summary>
    public void AddAt(int line, string code, string message, string suggestion, string? path = null) =>
        Add(new Finding(code, message, suggestion) { Line = line, Path = path });

    /// <summary>
    /// Adds findings about places that nothing was wrong with so far, inside or around: a bad value need not be
    /// reported
    /// twice, what stands in it was not read, and a rule without a check may only be one whose check is misspelt.
    /// </summary>
    public void AddNew(IEnumerable<Finding> findings)
    {
        var known = _paths.ToArray();
        foreach (
            var finding in findings.Where(f =>
                f.Path is not { Length: > 0 } path || !known.Any(k => IsIn(path, k) || IsIn(k, path))
            )
        )
        {
            Add(finding);
        }
    }

    /// <summary>All findings by line.</summary>
    public IReadOnlyList<Finding> InOrder() => [.. _findings.OrderBy(f => f.Line ?? 0)];

    private static bool IsIn(string outer, string path) =>
        path.StartsWith(outer, StringComparison.Ordinal)
        && (path.Length == outer.Length || path[outer.Length] is '.' or '[');

    private void Add(Finding finding)
    {
        if (finding.Path is { } path)
        {
            _paths.Add(path);
        }
        if (_findings.Count < FindingsMax)
        {
            _findings.Add(finding with { File = file, Line = finding.Line ?? LineOf(finding.Path ?? "") });
        }
    }
}

namespace TrueUp.Bench.Faults;

/// <summary>
/// What the source holds. A row's content follows from its id and version alone, so that of every row found anywhere it
/// can be
/// told whether the source ever held it. Rows are compared as lines <c>id|version|name|amount</c>, sorted by their
/// bytes.
/// </summary>
internal sealed class Truth
{
    private readonly Dictionary<int, int> _versions = [];
    private readonly Dictionary<int, int> _newest = [];

    public Truth(int rows)
    {
        for (var id = 1; id <= rows; id++)
        {
            _versions[id] = _newest[id] = 1;
        }
    }

    /// <summary>The rows as lines.</summary>
    public List<string> Lines() => [.. _versions.Select(r => Line(r.Key, r.Value)).Order(StringComparer.Ordinal)];

    /// <summary>The rows as CSV with a header.</summary>
    public string Csv() =>
        "id,version,name,amount\n"
        + string.Concat(
            _versions
                .OrderBy(r => r.Key)
                .Select(r =>
                    $"{r.Key},{r.Value},\"{Name(r.Key, r.Value).Replace("\"", "\"\"", StringComparison.Ordinal)}\",{Amount(r.Key, r.Value)}\n"
                )
        );

    /// <summary>Changes, removes and adds rows: one time in three nearly all of them, otherwise some.</summary>
    public void Alter(Random random) => Alter(random, random.Next(3) == 0 ? 0.9 : random.NextDouble() * 0.2);

    /// <summary>Changes so great a part of the rows, removes and adds a tenth as many.</summary>
    public void Alter(Random random, double part)
    {
        foreach (var id in _versions.Keys.ToArray())
        {
            var dice = random.NextDouble() / part;
            if (dice < 0.9)
            {
                _versions[id] = ++_newest[id];
            }
            else if (dice < 1)
            {
                _versions.Remove(id);
            }
        }
        // Keys that were removed come back too.
        foreach (var id in Enumerable.Range(1, _newest.Count + 10).Where(id => !_versions.ContainsKey(id)).ToArray())
        {
            if (random.Next(4) > 0)
            {
                _versions[id] = _newest[id] = _newest.GetValueOrDefault(id) + 1;
            }
        }
    }

    /// <summary>Whether a line is a row that the source holds or held.</summary>
    public bool Knows(string line)
    {
        var parts = line.Split('|', 3);
        return parts.Length == 3
            && int.TryParse(parts[0], out var id)
            && int.TryParse(parts[1], out var version)
            && version >= 1
            && version <= _newest.GetValueOrDefault(id)
            && Line(id, version) == line;
    }

    private static string Line(int id, int version) => $"{id}|{version}|{Name(id, version)}|{Amount(id, version)}";

    private static string Name(int id, int version) => $"Größe \"{id % 7}\", no. {Amount(id, version):x}";

    private static long Amount(int id, int version) => ((id * 2_654_435_761L) ^ (version * 40_503L)) % 1_000_000_007;
}

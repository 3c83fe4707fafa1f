using TrueUp.Pipelines;
using TrueUp.Testing.Memory;

namespace TrueUp.Testing.Simulation;

/// <summary>
/// What a source's records come to at one moment, worked out plainly: which are to be synchronised, which are to be set
/// apart.
/// </summary>
internal sealed class SourceView
{
    /// <summary>Rows to be synchronised, by key.</summary>
    public Dictionary<string, ModelRow> Valid { get; } = new(StringComparer.Ordinal);

    /// <summary>Record numbers that are to be set apart.</summary>
    public List<long> SetApart { get; } = [];

    /// <summary>Every key that was read, of records that were set apart too.</summary>
    public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the key of some record cannot be read.</summary>
    public bool HasUnknownKey { get; private set; }

    /// <summary>Records of all kinds.</summary>
    public int Total => Valid.Count + SetApart.Count;

    public static SourceView Of(MemoryTable table, PipelineDefinition pipeline)
    {
        var view = new SourceView();
        foreach (var record in table.Unreadable)
        {
            view.SetApart.Add(record.Ordinal);
            view.HasUnknownKey |= record.Key is null;
            if (record.Key is not null)
            {
                view.Keys.Add(Convert.ToHexString(record.Key));
            }
        }
        var byKey = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < table.Rows.Count; i++)
        {
            view.Sort(table, i, pipeline.Rules.Count > 0, byKey);
        }
        foreach (var (key, places) in byKey)
        {
            int? stays =
                places.Count == 1 || pipeline.Duplicates == DuplicatePolicy.First ? places[0]
                : pipeline.Duplicates == DuplicatePolicy.Last ? places[^1]
                : null;
            if (stays is { } place)
            {
                view.Valid.Add(key, SimulatedRows.Of(table.Rows[place]));
            }
            view.SetApart.AddRange(places.Where(p => p != stays).Select(p => p + 1L));
        }
        return view;
    }

    private void Sort(MemoryTable table, int place, bool hasRules, Dictionary<string, List<int>> byKey)
    {
        var row = table.Rows[place];
        if (!SimulatedRows.HasKey(row))
        {
            HasUnknownKey = true;
            SetApart.Add(place + 1);
            return;
        }
        var key = SimulatedRows.KeyOf(table, row);
        Keys.Add(key);
        if (hasRules && SimulatedRows.IsBroken(row))
        {
            SetApart.Add(place + 1);
            return;
        }
        if (!byKey.TryGetValue(key, out var places))
        {
            byKey[key] = places = [];
        }
        places.Add(place);
    }
}

using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>
/// Tells from everything a run kept about a row what it was before the run and what the run left. A run may have
/// changed a row more than once: a proof found it different and it was synchronised again, or a lost connection left
/// open whether a change was made and the attempt began anew.
/// </summary>
internal sealed class ImageResolver(RowPlan plan)
{
    private readonly RowHasher _hasher = new(plan.Schema);
    private readonly KeyTable _keys = new();
    private readonly List<List<Step>> _steps = [];
    private readonly List<Step> _open = [];

    /// <summary>The rows of one bucket.</summary>
    public IEnumerable<Restoration> Resolve(IEnumerable<byte[]> frames)
    {
        _keys.Clear();
        _steps.Clear();
        _open.Clear();
        foreach (var frame in frames)
        {
            Add(frame);
        }
        return _steps.Select(Resolve).OfType<Restoration>();
    }

    private void Add(byte[] frame)
    {
        switch (ImageFrame.KindOf(frame))
        {
            case ImageFrame.Kind.Rows:
                using (var keys = new KeyWriter(plan))
                {
                    foreach (var entry in ImageFrame.ReadRows(frame))
                    {
                        Add(keys.KeyOf(entry.Row.Span), entry);
                    }
                }
                break;
            case ImageFrame.Kind.NotApplied when _keys.IndexOf(ImageFrame.BodyOf(frame)) is >= 0 and var index:
                // A change that has no image, because there was no room for it, has nothing to take back here.
                if (_steps[index] is [.., { IsOpen: true }] steps)
                {
                    steps.RemoveAt(steps.Count - 1);
                }
                break;
            case ImageFrame.Kind.Tally when ImageFrame.ReadTally(frame).Settled:
                Close(isMade: true);
                break;
            case ImageFrame.Kind.Section:
                Close(isMade: false);
                break;
            default:
                break;
        }
    }

    private void Add(ReadOnlySpan<byte> key, ImageEntry entry)
    {
        if (_keys.Add(key, 0, 0))
        {
            _steps.Add([]);
        }
        var step = new Step(entry);
        _steps[_keys.IndexOf(key)].Add(step);
        _open.Add(step);
    }

    private void Close(bool isMade)
    {
        foreach (var step in _open)
        {
            (step.IsOpen, step.IsMade) = (false, isMade);
        }
        _open.Clear();
    }

    private Restoration? Resolve(List<Step> all)
    {
        var isKnown = true;
        var steps = new List<Step>();
        for (var i = 0; i < all.Count; i++)
        {
            var isMade = all[i].IsMade || i == all.Count - 1 ? true : IsMade(all[i].Entry, all[i + 1].Entry);
            isKnown &= isMade is not null;
            if (isMade == true)
            {
                steps.Add(all[i]);
            }
        }
        // What the run itself had created is not there to be put back.
        if (steps.Count == 0 || steps[0].Entry.Again)
        {
            return null;
        }
        var left = new List<LeftBehind> { Left(steps[^1].Entry) };
        if (!steps[^1].IsMade && steps.Count > 1)
        {
            left.Add(Left(steps[^2].Entry));
        }
        return new Restoration(steps[0].Entry.Row, left) { IsKnown = isKnown };
    }

    // Whether a change was made of which no news came, told by what the next change of the row found; null when that
    // cannot be told.
    private bool? IsMade(ImageEntry entry, ImageEntry next)
    {
        var found = _hasher.HashRow(next.Row.Span, entry.Seed);
        if (next.Again || (entry.Change == ChangeKind.Update && found == entry.After))
        {
            return true;
        }
        return found == _hasher.HashRow(entry.Row.Span, entry.Seed) ? false : null;
    }

    private static LeftBehind Left(ImageEntry entry) => new(entry.Change == ChangeKind.Delete, entry.Seed, entry.After);

    private sealed class Step(ImageEntry entry)
    {
        public ImageEntry Entry => entry;

        /// <summary>Whether the changes it is one of are still being tried.</summary>
        public bool IsOpen { get; set; } = true;

        /// <summary>Whether it is known to have been made.</summary>
        public bool IsMade { get; set; }
    }
}

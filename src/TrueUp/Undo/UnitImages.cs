using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>What a run kept of one unit.</summary>
internal sealed class UnitImages(ImageHeader header)
{
    private readonly Dictionary<int, ImageTally> _tallies = [];

    /// <summary>How the rows are carried.</summary>
    public ImageHeader Header { get; } = header;

    public RowPlan Plan { get; } = header.ToPlan();

    /// <summary>True when a later attempt of the run carried other columns, so its rows cannot be told
    /// together.</summary>
    public bool IsMixed { get; private set; }

    /// <summary>Bytes of its rows.</summary>
    public long Bytes { get; private set; }

    /// <summary>Rows the run created, as far as it had come; a count over all attempts.</summary>
    public long Created => _tallies.Values.Select(t => t.Created).DefaultIfEmpty().Max();

    /// <summary>Rows that were changed without an image.</summary>
    public long NotKept => _tallies.Values.Sum(t => t.NotKept);

    public void AddSection(ImageHeader other) =>
        IsMixed |=
            !string.Equals(other.TargetName, Header.TargetName, StringComparison.Ordinal)
            || !string.Equals(
                ProofState.Fingerprint(other.ToPlan()),
                ProofState.Fingerprint(Plan),
                StringComparison.Ordinal
            );

    public void AddRows(byte[] frame) => Bytes += frame.Length;

    public void AddTally(int section, ImageTally tally) => _tallies[section] = tally;
}

using TrueUp.Rows;

namespace TrueUp.Digests;

/// <summary>
/// Digests rows in this process part by part, with their hashes made several at a time. Not safe for use by two threads
/// at once.
/// </summary>
public sealed class PartDigester
{
    private readonly RowSchema _schema;
    private readonly Partitioning _partitioning;
    private readonly long _seed;
    private readonly RowHasher _hasher;
    private readonly SetDigest[] _digests;
    private readonly RowTextBuffer[] _texts = [new(), new(), new(), new()];
    private readonly long[] _hashes = new long[TextHashLanes.Count];
    private readonly long[] _moves = new long[TextHashLanes.Count];
    private readonly int[] _parts = new int[TextHashLanes.Count];
    private int _waiting;

    /// <param name="schema">What the rows hold.</param>
    /// <param name="partitioning">The parts.</param>
    /// <param name="seed">The seed of all hashes.</param>
    public PartDigester(RowSchema schema, Partitioning partitioning, long seed)
    {
        ArgumentNullException.ThrowIfNull(partitioning);
        _schema = schema;
        _partitioning = partitioning;
        _seed = seed;
        _hasher = new RowHasher(schema);
        _digests = new SetDigest[partitioning.Parts];
    }

    /// <summary>Adds a row, if any part has it.</summary>
    /// <param name="tuple">The row in transport form.</param>
    /// <param name="move">Added to its hash.</param>
    public void Add(ReadOnlySpan<byte> tuple, long move = 0)
    {
        var part = _partitioning.PartOf(_schema, tuple, _hasher);
        if (part < 0)
        {
            return;
        }
        _hasher.WriteText(tuple, _texts[_waiting]);
        _moves[_waiting] = move;
        _parts[_waiting++] = part;
        if (_waiting == TextHashLanes.Count)
        {
            TextHashLanes.Compute(_texts, _seed, _hashes);
            Take();
        }
    }

    /// <summary>The digest of each part; call it once, after the last row.</summary>
    public SetDigest[] Finish()
    {
        for (var i = 0; i < _waiting; i++)
        {
            _hashes[i] = TextHash.Compute(_texts[i].Written, _seed);
        }
        Take();
        return _digests;
    }

    private void Take()
    {
        for (var i = 0; i < _waiting; i++)
        {
            _digests[_parts[i]] = _digests[_parts[i]].Add(unchecked(_hashes[i] + _moves[i]));
        }
        _waiting = 0;
    }
}

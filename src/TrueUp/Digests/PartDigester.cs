using TrueUp.Rows;

namespace TrueUp.Digests;

/// <summary>Digests rows in this process part by part. Not safe for use by two threads at once.</summary>
public sealed class PartDigester
{
    private readonly RowSchema _schema;
    private readonly Partitioning _partitioning;
    private readonly long _seed;
    private readonly RowHasher _hasher;
    private readonly SetDigest[] _digests;

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

    /// <summary>The digest of each part so far.</summary>
    public SetDigest[] Digests => _digests;

    /// <summary>Adds a row, if any part has it.</summary>
    /// <param name="tuple">The row in transport form.</param>
    /// <param name="move">Added to its hash.</param>
    public void Add(ReadOnlySpan<byte> tuple, long move = 0)
    {
        var part = _partitioning.PartOf(_schema, tuple, _hasher);
        if (part >= 0)
        {
            _digests[part] = _digests[part].Add(unchecked(_hasher.HashRow(tuple, _seed) + move));
        }
    }
}

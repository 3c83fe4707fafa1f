using System.Buffers;
using System.Buffers.Binary;
using TrueUp.Rows;

namespace TrueUp.Digests;

/// <summary>
/// Hashes rows in this process exactly as PostgreSQL does by nested calls of its hash functions: the hash so far is the
/// seed of the next column's, so every value is mixed with all before it. Integers, booleans and uuids are hashed as
/// they
/// are, every other type by its canonical text; nulls are first mixed in by their places. <c>docs/digest.md</c> is the
/// specification. Not safe for use by two threads at once.
/// </summary>
public sealed class RowHasher
{
    private const int NullsPerGroup = 31;

    private readonly ArrayBufferWriter<byte> _text = new(256);
    private readonly TypeCodec[] _codecs;
    private readonly LogicalKind[] _kinds;
    private readonly int[] _keyOrdinals;

    public RowHasher(RowSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        _codecs = schema.Codecs.ToArray();
        _kinds = [.. schema.Columns.Select(c => c.Type.Kind)];
        _keyOrdinals = [.. schema.KeyOrdinals];
    }

    /// <summary>The hash of a whole row.</summary>
    /// <param name="tuple">The row in transport form.</param>
    /// <param name="seed">The seed of this proof.</param>
    public long HashRow(ReadOnlySpan<byte> tuple, long seed)
    {
        var hash = seed;
        var fields = new FieldReader(tuple);
        for (var i = 0; i < _kinds.Length; i++)
        {
            if (!fields.Next(out var value))
            {
                return HashRowWithNulls(tuple, seed);
            }
            hash = Mix(i, value, hash);
        }
        return hash;
    }

    /// <summary>The hash of the row's key columns alone; 32-bit slices of it choose buckets.</summary>
    public long HashKey(ReadOnlySpan<byte> tuple, long seed = 0)
    {
        var hash = seed;
        foreach (var ordinal in _keyOrdinals)
        {
            if (!FieldReader.At(tuple, ordinal, out var value))
            {
                return HashKeyWithNulls(tuple, seed);
            }
            hash = Mix(ordinal, value, hash);
        }
        return hash;
    }

    private long HashRowWithNulls(ReadOnlySpan<byte> tuple, long seed)
    {
        var nulls = new NullBits(_kinds.Length, seed);
        var fields = new FieldReader(tuple);
        for (var i = 0; i < _kinds.Length; i++)
        {
            nulls.Add(isNull: !fields.Next(out _));
        }
        var hash = nulls.Hash;
        fields = new FieldReader(tuple);
        for (var i = 0; i < _kinds.Length; i++)
        {
            hash = fields.Next(out var value) ? Mix(i, value, hash) : MixNull(i, hash);
        }
        return hash;
    }

    private long HashKeyWithNulls(ReadOnlySpan<byte> tuple, long seed)
    {
        var nulls = new NullBits(_keyOrdinals.Length, seed);
        foreach (var ordinal in _keyOrdinals)
        {
            nulls.Add(isNull: !FieldReader.At(tuple, ordinal, out _));
        }
        var hash = nulls.Hash;
        foreach (var ordinal in _keyOrdinals)
        {
            hash = FieldReader.At(tuple, ordinal, out var value) ? Mix(ordinal, value, hash) : MixNull(ordinal, hash);
        }
        return hash;
    }

    private long Mix(int ordinal, ReadOnlySpan<byte> value, long hash)
    {
        switch (_kinds[ordinal])
        {
            case LogicalKind.Bool:
                return IntegerHash.Compute(value[0], hash);
            case LogicalKind.Int16:
                return IntegerHash.Compute(BinaryPrimitives.ReadInt16BigEndian(value), hash);
            case LogicalKind.Int32:
                return IntegerHash.Compute(BinaryPrimitives.ReadInt32BigEndian(value), hash);
            case LogicalKind.Int64:
                return IntegerHash.Compute(BinaryPrimitives.ReadInt64BigEndian(value), hash);
            case LogicalKind.Text or LogicalKind.Json or LogicalKind.Raw or LogicalKind.Uuid:
                return TextHash.Compute(value, hash);
            default:
                _text.ResetWrittenCount();
                _codecs[ordinal].Canonical(value, _text);
                return TextHash.Compute(_text.WrittenSpan, hash);
        }
    }

    // What stands in for a null's value; that it is one has been mixed in before.
    private long MixNull(int ordinal, long hash) =>
        _kinds[ordinal] switch
        {
            LogicalKind.Bool or LogicalKind.Int16 or LogicalKind.Int32 => IntegerHash.Compute(0, hash),
            LogicalKind.Int64 => IntegerHash.Compute(0L, hash),
            LogicalKind.Uuid => TextHash.Compute(stackalloc byte[16], hash),
            _ => TextHash.Compute([], hash),
        };

    /// <summary>Mixes in which values are null, 31 columns at a time.</summary>
    private ref struct NullBits(int columns, long seed)
    {
        private int _bits;
        private int _column;

        public long Hash { get; private set; } = seed;

        public void Add(bool isNull)
        {
            _bits |= isNull ? 1 << (_column % NullsPerGroup) : 0;
            _column++;
            if (_column % NullsPerGroup == 0 || _column == columns)
            {
                Hash = IntegerHash.Compute(_bits, Hash);
                _bits = 0;
            }
        }
    }
}

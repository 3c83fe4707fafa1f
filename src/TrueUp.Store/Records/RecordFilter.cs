using System.Text;
using TrueUp.Audit;

namespace TrueUp.Store.Records;

/// <summary>Which entries of a run are wanted: all filters that are not null have to match.</summary>
internal sealed class RecordFilter
{
    private readonly byte[]? _key;
    private readonly ulong _keyHash;
    private readonly string? _unit;
    private readonly RecordOperation? _operation;
    private readonly bool? _succeeded;
    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset _to;
    private readonly int _contents;

    public RecordFilter(
        string? key, string? unit, RecordOperation? operation, bool? succeeded, DateTimeOffset? from,
        DateTimeOffset? to)
    {
        _key = key is null ? null : Encoding.UTF8.GetBytes(key);
        _keyHash = _key is null ? 0 : KeyFilter.Hash(_key);
        _unit = unit;
        _operation = operation;
        _succeeded = succeeded;
        _from = from ?? DateTimeOffset.MinValue;
        _to = to ?? DateTimeOffset.MaxValue;
        _contents = Enum.GetValues<RecordOperation>()
            .Where(o => operation is null || o == operation)
            .SelectMany(o => new[] { (o, Result: false), (o, Result: true) })
            .Where(c => succeeded is null || c.Result == succeeded)
            .Aggregate(0, (mask, c) => mask | BlockHeader.ContentBit(c.o, c.Result));
    }

    /// <summary>False when no entry of the block is wanted.</summary>
    public bool MayHold(BlockHeader header) =>
        (header.Contents & _contents) != 0 && Time(header.TimeUsMax) >= _from && Time(header.TimeUsMin) < _to;

    /// <summary>False when the block with this filter does not hold the wanted key.</summary>
    public bool MayHold(ReadOnlySpan<byte> filter) => _key is null || KeyFilter.MayHold(filter, _keyHash);

    /// <summary>Whether the entry is wanted if its key is.</summary>
    public bool Matches(RecordEntry entry) =>
        (_unit is null || entry.Unit == _unit) && (_operation is null || entry.Operation == _operation)
        && (_succeeded is null || entry.Succeeded == _succeeded) && entry.Timestamp >= _from && entry.Timestamp < _to;

    /// <summary>Whether the key is wanted.</summary>
    public bool MatchesKey(ReadOnlySpan<byte> key) => _key is null || key.SequenceEqual(_key);

    private static DateTimeOffset Time(long us) => DateTimeOffset.UnixEpoch.AddMicroseconds(us);
}

using Shouldly;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;
using Xunit;

namespace TrueUp.Testing.Conformance;

/// <summary>
/// What the engine takes for granted about every source. A connector's tests inherit it and say how a store with given
/// rows
/// comes about; they clean up after themselves.
/// </summary>
public abstract class SourceConformance
{
    private const long Seed = 0x1234_5678_9ABC_DEF0;

    /// <summary>
    /// The columns of the test table; the first is its key. Override where the store knows other types.
    /// </summary>
    protected virtual IReadOnlyList<Column> Columns { get; } =
    [
        new("id", LogicalType.Int64, Nullable: false),
        new("name", LogicalType.Text),
        new("score", LogicalType.Float64),
        new("note", LogicalType.Text),
    ];

    /// <summary>Whether the store itself knows the key.</summary>
    protected virtual bool KnowsKey => true;

    /// <summary>Whether null and the empty text are told apart.</summary>
    protected virtual bool KnowsNull => true;

    /// <summary>Makes a store with these rows and a source that reads it.</summary>
    protected abstract Task<ISource> CreateAsync(Sample sample);

    [Fact]
    public async Task It_describes_its_columns_in_order_and_can_give_their_types()
    {
        await using var source = await CreateAsync(Rows(20));
        var schema = await source.DescribeAsync(CancellationToken.None);
        schema.Columns.Select(c => c.Name).ShouldBe(Columns.Select(c => c.Name));
        foreach (var (described, wanted) in schema.Columns.Zip(Columns))
        {
            source.CanGive(described, wanted.Type).ShouldBeTrue($"{described.Name} as {wanted.Type}");
        }

        schema.Key.ShouldBe(KnowsKey ? [Columns[0].Name] : []);
        source.Name.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task It_gives_every_row_exactly_each_time_it_is_read()
    {
        var sample = Rows(5000);
        await using var opened = await OpenAsync(sample);
        var first = await opened.Rows.ReadAsync(PartSelection.Everything, null, default).TuplesAsync();
        var second = await opened.Rows.ReadAsync(PartSelection.Everything, null, default).TuplesAsync();
        second.ShouldBe(first);
        first.Order(StringComparer.Ordinal).ShouldBe(Expected(sample));
        await opened.Rows.CheckUnchangedAsync(default);
        opened.Rows.Position.Value.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task An_empty_store_is_empty_in_every_respect()
    {
        await using var opened = await OpenAsync(Rows(0));
        (await opened.Rows.IsEmptyAsync(default)).ShouldBeTrue();
        (await opened.Rows.AllAsync()).ShouldBeEmpty();
        (await opened.Rows.ReadKeysAsync(PartSelection.Everything, Seed, default).TuplesAsync()).ShouldBeEmpty();
        (await opened.Rows.DigestAsync(Partitioning.ByBuckets(4), Seed, default)).ShouldBe(new SetDigest[4]);
        var ranges = await opened.Rows.SplitAsync(10, default);
        if (ranges is not null)
        {
            ranges.ShouldBe([KeyRange.All]);
        }
    }

    [Fact]
    public async Task A_store_with_rows_is_not_empty()
    {
        await using var opened = await OpenAsync(Rows(1));
        (await opened.Rows.IsEmptyAsync(default)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(1024)]
    public async Task Digests_by_buckets_are_those_of_the_rows(int buckets)
    {
        var sample = Rows(3000);
        await using var opened = await OpenAsync(sample);
        using var rows = sample.ToBatch(sample.Plan());
        var partitioning = Partitioning.ByBuckets(buckets);
        (await opened.Rows.DigestAsync(partitioning, Seed, default)).ShouldBe(
            Readings.Digest(rows, partitioning, Seed)
        );
        (await opened.Rows.DigestAsync(partitioning, 0, default)).ShouldBe(Readings.Digest(rows, partitioning, 0));
    }

    [Fact]
    public async Task Ranges_cover_the_key_space_and_their_digests_add_up()
    {
        var sample = Rows(4000);
        await using var opened = await OpenAsync(sample);
        var ranges = await opened.Rows.SplitAsync(500, default);
        if (ranges is null)
        {
            return;
        }

        ranges.Count.ShouldBeInRange(2, 40);
        ranges[0].From.ShouldBeNull();
        ranges[^1].To.ShouldBeNull();
        using var rows = sample.ToBatch(sample.Plan());
        foreach (var buckets in (int[])[1, 4])
        {
            Partitioning partitioning = new(ranges, buckets);
            var digests = await opened.Rows.DigestAsync(partitioning, Seed, default);
            digests.ShouldBe(Readings.Digest(rows, partitioning, Seed));
            digests.Aggregate((a, b) => a + b).ShouldBe(Readings.Digest(rows, Partitioning.Whole, Seed)[0]);
        }
    }

    [Fact]
    public async Task Selections_divide_the_rows()
    {
        var sample = Rows(2000);
        await using var opened = await OpenAsync(sample);
        foreach (var partitioning in await PartitioningsAsync(opened.Rows))
        {
            List<string> all = [];
            var odd = Enumerable.Range(0, partitioning.Parts).Where(p => p % 2 == 1).ToList();
            var even = Enumerable.Range(0, partitioning.Parts).Where(p => p % 2 == 0).ToList();
            foreach (var parts in (List<int>[])[odd, even])
            {
                PartSelection selection = new(partitioning, parts);
                var tuples = await opened.Rows.ReadAsync(selection, null, default).TuplesAsync();
                PartFilter filter = new(selection, sample.Plan().Schema);
                tuples.ShouldAllBe(t => filter.Has(Convert.FromBase64String(t)));
                var keys = await opened.Rows.ReadKeysAsync(selection, Seed, default).TuplesAsync();
                keys.Count.ShouldBe(tuples.Count);
                all.AddRange(tuples);
            }
            all.Order(StringComparer.Ordinal).ShouldBe(Expected(sample));
        }
    }

    [Fact]
    public async Task Keys_come_with_the_hashes_of_their_rows()
    {
        var sample = Rows(1500);
        var plan = sample.Plan();
        await using var opened = await OpenAsync(sample);
        using var rows = sample.ToBatch(plan);
        using RowBatchBuilder expected = new(plan.DigestSchema);
        RowHasher hasher = new(plan.Schema);
        for (var i = 0; i < rows.Count; i++)
        {
            DigestRow.Write(expected, plan, rows.Row(i), hasher.HashRow(rows.Row(i), Seed), 0);
        }

        var keys = await opened.Rows.ReadKeysAsync(PartSelection.Everything, Seed, default).TuplesAsync();
        keys.Order(StringComparer.Ordinal).ShouldBe(expected.Build().Tuples().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Rows_are_found_by_their_keys_and_missing_keys_left_out()
    {
        var sample = Rows(900);
        var plan = sample.Plan();
        await using var opened = await OpenAsync(sample);
        if (!opened.Rows.CanSeek)
        {
            return;
        }

        var wanted = sample.With([.. sample.Rows.Where((_, i) => i % 3 == 0)]);
        using var keys = (wanted with { Rows = [.. wanted.Rows, .. Absent(sample)] }).ToKeys(plan);
        var found = await opened.Rows.ReadByKeysAsync(keys, default).TuplesAsync();
        found.Order(StringComparer.Ordinal).ShouldBe(Expected(wanted));
    }

    [Fact]
    public async Task A_reading_that_is_left_early_disturbs_no_other_and_several_run_at_once()
    {
        var sample = Rows(9000);
        await using var opened = await OpenAsync(sample);
        await foreach (var batch in opened.Rows.ReadAsync(PartSelection.Everything, null, default))
        {
            batch.Dispose();
            break;
        }
        var reading = opened.Rows.AllAsync();
        var digest = opened.Rows.DigestAsync(Partitioning.Whole, Seed, default).AsTask();
        await Task.WhenAll(reading, digest);
        (await reading).ShouldBe(Expected(sample));
        (await digest)[0].Count.ShouldBe(9000);
    }

    [Fact]
    public async Task A_row_over_the_limit_is_rejected_with_its_key_and_left_out_everywhere()
    {
        var sample = Rows(50);
        var text = Columns.ToList().FindIndex(1, c => c.Type.Kind == LogicalKind.Text);
        var large = (string?[])sample.Rows[25].Clone();
        large[text] = new string('x', 20_000);
        var rest = sample.With([.. sample.Rows.Where((_, i) => i != 25)]);
        sample = sample.With([.. sample.Rows.Select((row, i) => i == 25 ? large : row)]);
        RowPlan limited = new(sample.Plan().Columns, sample.Plan().Schema.KeyOrdinals) { RowBytesMax = 5_000 };
        await using var source = await CreateAsync(sample);
        await source.DescribeAsync(default);
        await using var rows = await source.OpenAsync(limited, default);

        RejectList rejects = [];
        (await rows.AllAsync(rejects)).ShouldBe(Expected(rest));
        rejects.Count.ShouldBe(1);
        rejects[0].Issue.ShouldBe("row_too_large");
        using var keys = sample.With(large).ToKeys(limited);
        Convert.ToBase64String(rejects[0].Key.ShouldNotBeNull()).ShouldBe(Convert.ToBase64String(keys.Row(0)));
        (await rows.DigestAsync(Partitioning.Whole, Seed, default))[0].Count.ShouldBe(49);
        (await rows.ReadKeysAsync(PartSelection.Everything, Seed, default).TuplesAsync()).Count.ShouldBe(49);
    }

    [Fact]
    public async Task A_cancelled_reading_stops()
    {
        await using var opened = await OpenAsync(Rows(3000));
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await opened.Rows.ReadAsync(PartSelection.Everything, null, stop.Token).TuplesAsync()
        );
        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await opened.Rows.DigestAsync(Partitioning.Whole, Seed, stop.Token)
        );
    }

    /// <summary>Rows of the test table.</summary>
    protected virtual Sample Rows(int count)
    {
        var sample = Sample.Rich(Columns, count);
        return KnowsNull
            ? sample
            : sample.With([.. sample.Rows.Select(r => r.Select(t => t?.Length == 0 ? null : t).ToArray())]);
    }

    private static List<string> Expected(Sample sample) => [.. Chunked(sample).Order(StringComparer.Ordinal)];

    // A batch has room for 4,096 rows.
    private static IEnumerable<string> Chunked(Sample sample) =>
        sample
            .Rows.Chunk(RowBatchBuilder.RowsMax)
            .SelectMany(rows => Sample.Encode(sample.Plan().Schema, rows).Tuples());

    private static async Task<List<Partitioning>> PartitioningsAsync(IRowSet rows)
    {
        List<Partitioning> partitionings = [Partitioning.ByBuckets(8), Partitioning.ByBuckets(512)];
        if (await rows.SplitAsync(300, default) is { } ranges)
        {
            partitionings.AddRange([new Partitioning(ranges, 1), new Partitioning(ranges, 4)]);
        }

        return partitionings;
    }

    private static IEnumerable<string?[]> Absent(Sample sample) =>
        sample
            .Rows.Take(5)
            .Select(row =>
            {
                var other = (string?[])row.Clone();
                other[0] = sample.Columns[0].Type.Kind == LogicalKind.Text ? $"absent{row[0]}" : $"-{row[0]}";
                return other;
            });

    private async Task<Opened> OpenAsync(Sample sample)
    {
        var source = await CreateAsync(sample);
        await source.DescribeAsync(CancellationToken.None);
        return new Opened(source, await source.OpenAsync(sample.Plan(), CancellationToken.None));
    }

    private sealed record Opened(ISource Source, IRowSet Rows) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Rows.DisposeAsync();
            await Source.DisposeAsync();
        }
    }
}

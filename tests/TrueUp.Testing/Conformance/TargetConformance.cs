using Shouldly;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;
using Xunit;

namespace TrueUp.Testing.Conformance;

/// <summary>
/// What the engine takes for granted about every target. A connector's tests inherit it and say how a target is opened;
/// all
/// calls of one test open the same store, which is empty when the test begins.
/// </summary>
public abstract class TargetConformance
{
    private const long Seed = -77;
    private const string Pipeline = "shop/orders";

    /// <summary>The columns of the test table; the first is its key, the second is required.</summary>
    protected virtual IReadOnlyList<Column> Columns { get; } =
    [
        new("id", LogicalType.Int64, Nullable: false),
        new("name", LogicalType.Text, Nullable: false),
        new("score", LogicalType.Float64),
        new("note", LogicalType.Text),
        new("data", LogicalType.Bytes),
    ];

    /// <summary>Opens a target for a table of this test's store.</summary>
    protected abstract Task<ITarget> OpenAsync(string table);

    [Fact]
    public async Task A_missing_table_is_described_as_none_and_created_once()
    {
        await using var target = await OpenAsync("orders");
        (await target.DescribeAsync(default)).ShouldBeNull();
        var plan = Rows(1).Plan();
        foreach (var column in Columns)
        {
            (await target.CarrierForNewAsync(column.Type, default)).ShouldBe(column.Type);
        }

        await target.PrepareAsync(plan, create: true, [], default);
        await target.PrepareAsync(plan, create: true, [], default);

        var schema = (await target.DescribeAsync(default)).ShouldNotBeNull();
        schema.Columns.Select(c => (c.Name, c.Type)).ShouldBe(Columns.Select(c => (c.Name, c.Type)));
        schema.Columns.Select(c => c.Nullable).ShouldBe(Columns.Select(c => c.Nullable));
        schema.Key.ShouldBe([Columns[0].Name]);
        foreach (var (described, column) in schema.Columns.Zip(Columns))
        {
            target.CanHold(described, column.Type).ShouldBeTrue(column.Name);
        }
    }

    [Fact]
    public async Task A_column_is_added_once_and_empty()
    {
        var narrow = new Sample(
            Columns.Take(2).ToList(),
            [Columns[0].Name],
            [
                ["1", "one"],
            ]
        );
        await using (var writing = await BeginAsync(narrow))
        {
            (await writing.CreateAsync(narrow)).ShouldBeEmpty();
        }

        var wide = new Sample(
            Columns.Take(4).ToList(),
            [Columns[0].Name],
            [
                ["1", "one", null, null],
            ]
        );
        await using var target = await OpenAsync("orders");
        await target.DescribeAsync(default);
        await target.PrepareAsync(
            wide.Plan(),
            create: false,
            [.. Columns.Skip(2).Take(2).Select(c => c.Name)],
            default
        );
        await target.PrepareAsync(wide.Plan(), create: false, [], default);
        (await target.DescribeAsync(default))!.Columns.Select(c => c.Type).ShouldBe(wide.Columns.Select(c => c.Type));
        (await ReadAsync(target, wide)).ShouldBe(Expected(wide));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_are_created_exactly(bool intoEmpty)
    {
        var sample = Rows(2000);
        await using var writing = await BeginAsync(sample);
        (await writing.CreateAsync(sample, intoEmpty)).ShouldBeEmpty();
        (await ReadAsync(writing.Target, sample)).ShouldBe(Expected(sample));
        await using var rows = await writing.Target.OpenAsync(sample.Plan(), default);
        using var batch = sample.ToBatch(sample.Plan());
        var buckets = Partitioning.ByBuckets(64);
        (await rows.DigestAsync(buckets, Seed, default)).ShouldBe(Readings.Digest(batch, buckets, Seed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_create_whose_key_is_taken_is_a_conflict_and_overwrites_nothing(bool intoEmpty)
    {
        var sample = Rows(30);
        var taken = sample.With([.. sample.Rows.Where((_, i) => i % 10 == 3).Select(r => Other(r))]);
        await using var writing = await BeginAsync(sample);
        (await writing.CreateAsync(taken)).ShouldBeEmpty();
        (await writing.CreateAsync(sample, intoEmpty)).ShouldBe([3, 13, 23]);
        var expected = sample.With([.. sample.Rows.Select((r, i) => i % 10 == 3 ? Other(r) : r)]);
        (await ReadAsync(writing.Target, sample)).ShouldBe(Expected(expected));
    }

    [Fact]
    public async Task An_update_overwrites_only_the_row_that_Compare_saw()
    {
        var sample = Rows(20);
        await using var writing = await BeginAsync(sample);
        await writing.CreateAsync(sample);
        var changed = sample.With([.. sample.Rows.Select(Other), .. Rows(22).Rows.Skip(20)]);
        var hashes = Hashes(Rows(22));
        hashes[4]++;
        hashes[9] = 0;

        (await writing.ApplyAsync(ChangeKind.Update, changed.ToBatch(changed.Plan()), hashes)).ShouldBe([4, 9, 20, 21]);

        var expected = sample.With([.. sample.Rows.Select((r, i) => i is 4 or 9 ? r : Other(r))]);
        (await ReadAsync(writing.Target, sample)).ShouldBe(Expected(expected));
    }

    [Fact]
    public async Task A_delete_removes_only_the_row_that_Compare_saw()
    {
        var sample = Rows(20);
        await using var writing = await BeginAsync(sample);
        await writing.CreateAsync(sample);
        var hashes = Hashes(Rows(22));
        hashes[7]++;

        (await writing.ApplyAsync(ChangeKind.Delete, Rows(22).ToKeys(sample.Plan()), hashes)).ShouldBe([7, 20, 21]);

        (await ReadAsync(writing.Target, sample)).ShouldBe(Expected(sample.With(sample.Rows[7])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_record_at_fault_leaves_its_batch_unwritten_and_the_halves_can_be_tried(bool intoEmpty)
    {
        var sample = Rows(16);
        var rows = sample.Rows.Select((r, i) => i == 5 ? [r[0], null, .. r[2..]] : r).ToList();
        await using var writing = await BeginAsync(sample);

        var error = await Should.ThrowAsync<SideException>(() => writing.CreateAsync(sample.With(rows), intoEmpty));
        error.IsRecordFault.ShouldBeTrue();
        error.IsTransient.ShouldBeFalse();
        (await ReadAsync(writing.Target, sample)).ShouldBeEmpty();

        (await writing.CreateAsync(sample.With([.. rows.Take(5)]), intoEmpty)).ShouldBeEmpty();
        (await writing.CreateAsync(sample.With([.. rows.Skip(6)]), intoEmpty)).ShouldBeEmpty();
        (await ReadAsync(writing.Target, sample)).ShouldBe(
            Expected(sample.With([.. sample.Rows.Where((_, i) => i != 5)]))
        );
    }

    [Fact]
    public async Task A_newer_writer_shuts_the_older_out()
    {
        var sample = Rows(3);
        await using var old = await BeginAsync(sample);
        await using var target = await OpenAsync("orders");
        await target.DescribeAsync(default);
        await using var newer = await target.BeginAsync(Pipeline, "run-2", null, sample.Plan(), default);
        newer.Epoch.ShouldBe(old.Writer.Epoch + 1);

        await Should.ThrowAsync<FencedException>(() => old.CreateAsync(sample));
        await Should.ThrowAsync<FencedException>(() => old.CreateAsync(sample, intoEmpty: true));
        await Should.ThrowAsync<FencedException>(async () => await old.Writer.SaveProofAsync("{}", default));
        (await ReadAsync(target, sample)).ShouldBeEmpty();
        await newer.SaveProofAsync("mine", default);
        (await target.ReadStateAsync(Pipeline, default)).ShouldBe(new TargetState(newer.Epoch, "run-2", "mine"));
    }

    [Fact]
    public async Task Pipelines_have_epochs_of_their_own()
    {
        var sample = Rows(3);
        await using var writing = await BeginAsync(sample);
        await using var target = await OpenAsync("orders");
        await target.DescribeAsync(default);
        await using var other = await target.BeginAsync("another", "run-9", null, sample.Plan(), default);
        other.Epoch.ShouldBe(1);
        (await writing.CreateAsync(sample)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_runs_that_saw_the_same_epoch_one_takes_the_next_and_keeps_it()
    {
        var sample = Rows(3);
        await using var writing = await BeginAsync(sample);
        await using var other = await OpenAsync("orders");
        await other.DescribeAsync(default);
        await using var first = await other.BeginAsync(Pipeline, "run-2", after: 1, sample.Plan(), default);
        await Should.ThrowAsync<FencedException>(async () =>
            await writing.Target.BeginAsync(Pipeline, "run-3", after: 1, sample.Plan(), default)
        );
        await Should.ThrowAsync<FencedException>(async () =>
            await writing.Target.BeginAsync(Pipeline, "run-4", after: 0, sample.Plan(), default)
        );
        first.Epoch.ShouldBe(2);
        (await other.ReadStateAsync(Pipeline, default))!.RunId.ShouldBe("run-2");
        await first.SaveProofAsync("{}", default);
    }

    [Fact]
    public async Task State_is_null_before_the_first_writer_and_a_proof_comes_back()
    {
        var sample = Rows(1);
        await using var target = await OpenAsync("orders");
        (await target.ReadStateAsync(Pipeline, default)).ShouldBeNull();
        await target.DescribeAsync(default);
        await target.PrepareAsync(sample.Plan(), create: true, [], default);
        await using (var writer = await target.BeginAsync(Pipeline, "run-1", null, sample.Plan(), default))
        {
            (await target.ReadStateAsync(Pipeline, default)).ShouldBe(new TargetState(1, "run-1", null));
            await writer.SaveProofAsync("""{"text":"ü 'quoted'"}""", default);
        }
        (await target.ReadStateAsync("unknown", default)).ShouldBeNull();
        await using var next = await target.BeginAsync(Pipeline, "run-2", null, sample.Plan(), default);
        (await target.ReadStateAsync(Pipeline, default)).ShouldBe(
            new TargetState(2, "run-2", """{"text":"ü 'quoted'"}""")
        );
    }

    [Fact]
    public async Task Missing_values_are_those_without_a_row()
    {
        var sample = Rows(20);
        await using var writing = await BeginAsync(sample);
        await writing.CreateAsync(sample);
        var id = sample.Rows[3][0]!;
        (await writing.Target.MissingAsync("orders", Columns[0].Name, [id, "999999", "x"], default))
            .Order(StringComparer.Ordinal)
            .ShouldBe(["999999", "x"]);
        var name = sample.Rows.First(r => r[1]!.Contains('\'', StringComparison.Ordinal))[1]!;
        (await writing.Target.MissingAsync("orders", Columns[1].Name, [name, "no such"], default)).ShouldBe([
            "no such",
        ]);
        (await writing.Target.MissingAsync("orders", Columns[1].Name, [], default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_opened_row_set_stays_as_it_was_while_the_target_changes()
    {
        var sample = Rows(40);
        await using var writing = await BeginAsync(sample);
        await writing.CreateAsync(sample);
        await using var rows = await writing.Target.OpenAsync(sample.Plan(), default);
        var before = await rows.DigestAsync(Partitioning.Whole, Seed, default);
        await writing.ApplyAsync(ChangeKind.Delete, sample.ToKeys(sample.Plan()), Hashes(sample));
        (await rows.DigestAsync(Partitioning.Whole, Seed, default)).ShouldBe(before);
        (await ReadAsync(writing.Target, sample)).ShouldBeEmpty();
    }

    /// <summary>Rows of the test table.</summary>
    protected virtual Sample Rows(int count) => Sample.Rich(Columns, count);

    private static long[] Hashes(Sample sample)
    {
        using var rows = sample.ToBatch(sample.Plan());
        return Readings.Hashes(rows, Seed);
    }

    private static string?[] Other(string?[] row) => [row[0], $"{row[1]} changed", .. row[2..]];

    private static List<string> Expected(Sample sample) =>
        [.. sample.ToBatch(sample.Plan()).Tuples().Order(StringComparer.Ordinal)];

    private static async Task<List<string>> ReadAsync(ITarget target, Sample sample)
    {
        await using var rows = await target.OpenAsync(sample.Plan(), default);
        return await rows.AllAsync();
    }

    private async Task<Writing> BeginAsync(Sample sample)
    {
        var target = await OpenAsync("orders");
        await target.DescribeAsync(default);
        await target.PrepareAsync(sample.Plan(), create: true, [], default);
        await target.DescribeAsync(default);
        var writer = await target.BeginAsync(Pipeline, "run-1", null, sample.Plan(), default);
        // As after a first load, so that whatever the target put off is in force.
        await writer.BuildKeyAsync(default);
        await writer.EndLoadAsync(default);
        return new Writing(target, writer);
    }

    private sealed record Writing(ITarget Target, ITargetWriter Writer) : IAsyncDisposable
    {
        public Task<IReadOnlyList<int>> CreateAsync(Sample sample, bool intoEmpty = false) =>
            ApplyAsync(ChangeKind.Create, sample.ToBatch(sample.Plan()), [], intoEmpty);

        public async Task<IReadOnlyList<int>> ApplyAsync(
            ChangeKind kind,
            RowBatch rows,
            long[] expected,
            bool intoEmpty = false
        )
        {
            using (rows)
            {
                return await Writer.ApplyAsync(
                    new ChangeBatch(kind, rows, expected, Seed) { IntoEmpty = intoEmpty },
                    default
                );
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Writer.DisposeAsync();
            await Target.DisposeAsync();
        }
    }
}

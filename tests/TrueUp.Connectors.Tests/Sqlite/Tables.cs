using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;

namespace TrueUp.Connectors.Tests.Sqlite;

/// <summary>What the tests do with sides again and again.</summary>
internal static class Tables
{
    public const long Seed = 4711;

    public static RowPlan Plan(params (string Name, LogicalType Type)[] columns) =>
        new([.. columns.Select((c, i) => new PlannedColumn(c.Name, c.Name, c.Type) { Nullable = i > 0 })], [0]);

    public static async Task<LogicalType[]> TypesAsync(this ISource source) =>
        [.. (await source.DescribeAsync(default)).Columns.Select(c => c.Type)];

    public static async Task<List<string?[]>> RowsAsync(this IRowSet rows, RowPlan plan, IRejectSink? rejects = null)
    {
        List<string?[]> all = [];
        await foreach (var batch in rows.ReadAsync(PartSelection.Everything, rejects, default))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    all.Add(Sample.Decode(plan.Schema, batch.Row(i)));
                }
            }
        }
        return all;
    }

    public static async Task<List<string?[]>> RowsAsync(this ITarget target, RowPlan plan)
    {
        await using var rows = await target.OpenAsync(plan, default);
        return await rows.RowsAsync(plan);
    }

    /// <summary>Key and row hash as Compare sees them.</summary>
    public static async Task<List<(string Key, long Hash)>> HashesAsync(this ITarget target, RowPlan plan)
    {
        await using var rows = await target.OpenAsync(plan, default);
        List<(string, long)> hashes = [];
        await foreach (var batch in rows.ReadKeysAsync(PartSelection.Everything, Seed, default))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    var texts = Sample.Decode(plan.DigestSchema, batch.Row(i));
                    hashes.Add((texts[0]!, long.Parse(texts[1]!)));
                }
            }
        }
        return hashes;
    }

    public static async Task<IReadOnlyList<int>> ApplyAsync(
        this ITarget target,
        RowPlan plan,
        ChangeKind kind,
        IReadOnlyList<string?[]> rows,
        params long[] expected
    )
    {
        await using var writer = await target.BeginAsync("p", "run", null, plan, default);
        using var batch = Sample.Encode(kind == ChangeKind.Delete ? plan.KeySchema : plan.Schema, rows);
        return await writer.ApplyAsync(new ChangeBatch(kind, batch, expected, Seed), default);
    }

    public static async Task<SideException> FailureAsync(Func<Task> action) =>
        await Should.ThrowAsync<SideException>(action);
}

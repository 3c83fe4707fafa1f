using TrueUp.Connectors.Postgres;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Postgres;

/// <summary>What the tests of this connector do over and over.</summary>
internal static class PostgresFixture
{
    public static readonly PostgresConnector Connector = new();

    public static SideDefinition Side(string connection, string option, params string[] values) =>
        new SideDefinition("postgres").With("connection", connection).With(option, values);

    public static ISource Source(TestDatabase database, string option, string value) =>
        Connector.OpenSource(Side(database.ConnectionString, option, value));

    public static ITarget Target(TestDatabase database, string table, string? owns = null)
    {
        var side = Side(database.ConnectionString, "table", table);
        return Connector.OpenTarget(owns is null ? side : side.With("owns", owns));
    }

    /// <summary>A plan that carries every column of a schema in its own type.</summary>
    public static RowPlan PlanOf(SideSchema schema, params string[] key) =>
        new(
            [
                .. schema.Columns.Select(c => new PlannedColumn(c.Name, c.Name, c.Type)
                {
                    Nullable = c.Nullable,
                    Written = !c.Generated,
                }),
            ],
            [.. (key.Length > 0 ? key : schema.Key).Select(k => schema.Columns.ToList().FindIndex(c => c.Name == k))]
        );

    /// <summary>Creates a table through the target side and fills it.</summary>
    public static async Task FillAsync(TestDatabase database, string table, Sample sample)
    {
        await using var target = Target(database, table);
        var plan = sample.Plan();
        await target.PrepareAsync(plan, create: true, [], default);
        await using var writer = await target.BeginAsync("fill", "fill", null, plan, default);
        foreach (var rows in sample.Rows.Chunk(RowBatchBuilder.RowsMax))
        {
            using var batch = Sample.Encode(plan.Schema, rows);
            (
                await writer.ApplyAsync(
                    new ChangeBatch(ChangeKind.Create, batch, default, 0) { IntoEmpty = true },
                    default
                )
            ).ShouldBeEmpty();
        }
        await writer.BuildKeyAsync(default);
        await writer.EndLoadAsync(default);
    }
}

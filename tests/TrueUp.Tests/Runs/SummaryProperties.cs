using FsCheck;
using FsCheck.Fluent;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Testing.Memory;

namespace TrueUp.Tests.Runs;

public sealed class SummaryProperties
{
    // What the source has of a key and what the target has: null is no row.
    private static readonly Gen<(string? Source, string? Target)> Record = Gen.Zip(
        Gen.Elements<string?>(null, "a", "b", "invalid", "refused"),
        Gen.Elements<string?>(null, "a", "b")
    );

    [Fact]
    public void P16_a_finished_runs_summary_has_new_updated_deleted_skipped_and_failed_counts() =>
        Prop.ForAll(
                Arb.From(Gen.Zip(Gen.NonEmptyListOf(Record), Gen.Elements(SyncMode.Mirror, SyncMode.Upsert))),
                c =>
                {
                    var (records, mode) = c;
                    var outcome = World(records, mode).RunAsync().GetAwaiter().GetResult();
                    outcome.Counts.Created.ShouldBe(records.Count(r => r is { Source: "a" or "b", Target: null }));
                    outcome.Counts.Updated.ShouldBe(
                        records.Count(r => r is { Source: "a" or "b", Target: not null } && r.Source != r.Target)
                    );
                    outcome.Counts.Deleted.ShouldBe(
                        mode == SyncMode.Mirror ? records.Count(r => r is { Source: null, Target: not null }) : 0
                    );
                    outcome.Counts.Skipped.ShouldBe(records.Count(r => r.Source == "invalid"));
                    outcome.Counts.Failed.ShouldBe(records.Count(r => r.Source == "refused"));
                    outcome.Counts.Source.ShouldBe(records.Count(r => r.Source is not null));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static MemoryWorld World(IEnumerable<(string? Source, string? Target)> records, SyncMode mode)
    {
        var world = new MemoryWorld("id int32", "name");
        world.Pipeline = world.Pipeline with
        {
            Mode = mode,
            MaxDeletes = Allowance.OfPercent(100),
            Rules = [new RuleDefinition("valid") { Column = "name", Matches = "^(?!invalid)" }],
        };
        world.Store.Tables["target"] = new MemoryTable(world.Source.Columns, "id");
        world.Store.TargetFaults.Refuses = (schema, row) =>
            schema.Columns.Count == 2 && RowText.Of(schema, row).Contains("refused", StringComparison.Ordinal);
        foreach (var ((source, target), id) in records.Select((r, i) => (r, i)))
        {
            if (source is not null)
            {
                world.Source.Add($"{id}", source);
            }
            if (target is not null)
            {
                world.Target.Add($"{id}", target);
            }
        }
        return world;
    }
}

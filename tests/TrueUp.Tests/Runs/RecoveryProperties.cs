using FsCheck;
using FsCheck.Fluent;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Testing.Memory;

namespace TrueUp.Tests.Runs;

public sealed class RecoveryProperties
{
    [Fact]
    public void P28_P29_and_P31_a_passing_failure_is_retried_at_most_three_times_with_new_connections_and_recorded() =>
        Prop.ForAll(
                Arb.From(
                    Gen.Zip(Gen.Choose(1, 5), Gen.Elements(ErrorType.Network, ErrorType.Database, ErrorType.Timeout))
                ),
                broken =>
                {
                    var (failures, type) = broken;
                    var world = LoopTests.World(10);
                    var opened = 0;
                    world.Store.TargetFaults.Opening = () => opened++;
                    world.Store.TargetFaults.Applying = _ =>
                    {
                        if (opened <= failures)
                        {
                            throw new SideException(type, "the connection broke", "none")
                            {
                                IsTransient = true,
                                Code = "connection_lost",
                            };
                        }
                    };
                    var outcome = world.RunAsync().GetAwaiter().GetResult();
                    opened.ShouldBe(Math.Min(failures, 3) + 1);
                    world.Audit.Recoveries.Count(r => r.Succeeded is null).ShouldBe(Math.Min(failures, 3));
                    world.Audit.Recoveries[^1].Succeeded.ShouldBe(failures <= 3);
                    if (failures <= 3)
                    {
                        outcome.Verification.Verdict.ShouldBe(Verdict.Verified);
                        world.Target.Lines().ShouldBe(world.Expected());
                    }
                    else
                    {
                        outcome.Error!.Code.ShouldBe("connection_lost");
                        outcome.Error.Cause.ShouldBe(ErrorCause.Environment);
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void P08_each_error_leaves_message_stack_trace_and_the_affected_key() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            world.Store.TargetFaults.Reading = () =>
                throw new SideException(ErrorType.Database, "disk is gone", "replace it") { Code = "corrupt" };
            var outcome = await world.RunAsync();
            outcome.Status.ShouldBe(RunStatus.Failed);
            var error = world.Audit.Errors.ShouldHaveSingleItem();
            error.Message.ShouldBe("disk is gone");
            error.Suggestion.ShouldBe("replace it");
            error.StackTrace!.ShouldContain(nameof(MemoryRowSet));
        });

    [Fact]
    public void A_record_the_target_refuses_stands_alone_in_the_dead_letters_and_the_rest_is_in() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            var changed = scenario.Gaps.Concat(scenario.Drift).Where(k => k % 4 == 0).Select(k => $"{k}").ToHashSet();
            world.Store.TargetFaults.Refuses = (schema, row) =>
                schema.Columns.Count > 1 && changed.Contains(TrueUp.Rows.KeyText.Of(schema, row));
            var outcome = await world.RunAsync();
            outcome.Counts.Failed.ShouldBe(changed.Count);
            world.Audit.DeadLetters.Select(d => d.Key).Order().ShouldBe(changed.Order());
            world.Audit.DeadLetters.ShouldAllBe(d => d.Issue == "refused_by_target");
            outcome.Verification.Unproven.ShouldBe(changed.Count);
            outcome.Verification.Verdict.ShouldBe(changed.Count > 0 ? Verdict.Incomplete : Verdict.Verified);
            world.Target.Rows.Count.ShouldBe(
                scenario.Source.Count - scenario.Gaps.Count(k => changed.Contains($"{k}"))
            );
        });

    [Fact]
    public async Task A_target_that_refuses_everything_is_given_up_on_after_ten_thousand_records()
    {
        var world = new MemoryWorld("id int32", "name");
        for (var i = 0; i < 20_000; i++)
        {
            world.Source.Add($"{i}", "x");
        }
        world.Store.TargetFaults.Refuses = (_, _) => true;
        var outcome = await world.RunAsync();
        outcome.Error!.Code.ShouldBe("too_many_refused");
        world.Audit.DeadLetters.Count.ShouldBe(10_000);
    }

    [Fact]
    public void A_mirror_never_deletes_the_row_of_a_record_it_could_not_read() =>
        Scenario.ForAll(async scenario =>
        {
            var world = scenario.World();
            world.Pipeline = world.Pipeline with
            {
                Rules = [new TrueUp.Pipelines.RuleDefinition("named") { Column = "name", Required = true }],
            };
            var unreadable = scenario
                .Source.Where(s => string.IsNullOrWhiteSpace(s.Value))
                .Select(s => s.Key)
                .ToHashSet();
            await world.RunAsync();
            var left = world.Target.Lines();
            foreach (var (id, _) in scenario.Target.Where(t => unreadable.Contains(t.Key)))
            {
                left.ShouldContain(l => l.StartsWith($"{{\"id\":\"{id}\","));
            }
        });

    [Fact]
    public void Duplicate_keys_are_all_reported_and_the_policy_decides_which_stays() =>
        Prop.ForAll(
                Arb.From(
                    Gen.Zip(
                        Gen.ListOf(Gen.Choose(1, 12)),
                        Gen.Elements(Enum.GetValues<TrueUp.Pipelines.DuplicatePolicy>())
                    )
                ),
                input =>
                {
                    var (ids, policy) = input;
                    var world = new MemoryWorld("id int32", "place int32");
                    world.Source.KeyIsKept = false;
                    world.Store.SourceCanSeek = false;
                    world.Pipeline = world.Pipeline with { Duplicates = policy };
                    for (var i = 0; i < ids.Count; i++)
                    {
                        world.Source.Add($"{ids[i]}", $"{i}");
                    }
                    world.RunAsync().GetAwaiter().GetResult();
                    var groups = ids.Select((id, i) => (id, i)).GroupBy(p => p.id).ToList();
                    var kept = groups
                        .Where(g => g.Count() == 1 || policy != TrueUp.Pipelines.DuplicatePolicy.Refuse)
                        .Select(g => policy == TrueUp.Pipelines.DuplicatePolicy.Last ? g.Last() : g.First());
                    world
                        .Target.Lines()
                        .ShouldBe(
                            kept.Select(p => $"{{\"id\":\"{p.id}\",\"place\":\"{p.i}\"}}").Order(StringComparer.Ordinal)
                        );
                    world.Audit.DeadLetters.Count.ShouldBe(ids.Count - world.Target.Rows.Count);
                    world.Audit.DeadLetters.ShouldAllBe(d => d.Issue == "duplicate_key");
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));
}

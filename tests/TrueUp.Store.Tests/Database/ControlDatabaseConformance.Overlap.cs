using FsCheck.Fluent;
using TrueUp.Runs;
using TrueUp.Store.Jobs;
using TrueUp.Store.Tests.Testing;

namespace TrueUp.Store.Tests.Database;

/// <summary>
/// P39, P17: whatever servers and people do, in whatever order, two runs of one pipeline never overlap.
/// </summary>
public abstract partial class ControlDatabaseConformance
{
    private static int _case;

    private enum Act
    {
        Schedule,
        Trigger,
        Claim,
        ClaimAndDie,
        Recover,
        Finish,
        Release,
        Cancel,
    }

    [Fact]
    public void P39_Runs_of_one_pipeline_never_overlap_whatever_servers_do() =>
        Cases.Check(
            Gen.Zip(Gen.Elements(Enum.GetValues<Act>()), Gen.Choose(0, 2)).ArrayOf(30),
            async acts =>
            {
                var prefix = $"case{Interlocked.Increment(ref _case)}-";
                string[] names = [prefix + "a", prefix + "b", prefix + "c"];
                var held = new Dictionary<string, Job>();
                foreach (var (act, which) in acts)
                {
                    await DoAsync(act, names[which], names, held);
                    var open = await OpenJobsAsync(names);
                    open.Where(job => job.State == JobState.Running).Select(job => job.Pipeline).ShouldBeUnique();
                    open.Where(job => job.State == JobState.Queued).Select(job => job.Pipeline).ShouldBeUnique();
                    // Whoever believes to hold a job, and is right, is the only one.
                    foreach (var job in held.Values)
                    {
                        open.ShouldContain(j => j.Id == job.Id && j.State == JobState.Running && j.Claim == job.Claim);
                    }
                }
            }
        );

    private async Task DoAsync(Act act, string name, string[] names, Dictionary<string, Job> held)
    {
        var mine = held.GetValueOrDefault(name);
        switch (act)
        {
            case Act.Schedule:
                await AskAsync(name);
                break;
            case Act.Trigger:
                var asked = await AskAsync(name, trigger: TriggerSource.Manual);
                // P17: nothing is started while it runs; the answer is the run that is in the way.
                (asked.Result == EnqueueResult.AlreadyRunning).ShouldBe(
                    asked.Job!.State == JobState.Running,
                    $"{asked.Result}"
                );
                break;
            case Act.Claim:
                if (await ClaimAsync("n1", names) is { } claimed)
                {
                    held.ShouldNotContainKey(claimed.Pipeline);
                    held[claimed.Pipeline] = claimed;
                }
                break;
            case Act.ClaimAndDie:
                await ClaimAsync("n2", Expired, 0, names);
                break;
            case Act.Recover:
                await Home.Claims.RecoverAsync(default);
                break;
            case Act.Finish when mine is not null:
                (await Home.Claims.FinishAsync(mine, null, new JobEnd(JobState.Completed), default)).ShouldBeTrue();
                held.Remove(name);
                break;
            case Act.Release when mine is not null:
                await Home.Claims.ReleaseAsync(mine, isTried: true, default);
                held.Remove(name);
                break;
            case Act.Cancel when await Home.Queue.OpenAsync(name, default) is { } job:
                await Home.Queue.CancelAsync(job.Id, "ann", default);
                break;
            default:
                break;
        }
    }

    private async Task<List<Job>> OpenJobsAsync(string[] names)
    {
        var open = new List<Job>();
        foreach (var name in names)
        {
            var page = await Home.Queue.ListAsync(new JobQuery { Pipeline = name, Limit = 100 }, default);
            open.AddRange(page.Items.Where(job => job.State is JobState.Running or JobState.Queued));
        }
        return open;
    }
}

using System.Text.Json.Nodes;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Server.Queue;
using TrueUp.Server.Tests.Testing;
using TrueUp.Sides;
using TrueUp.Store.Jobs;
using TrueUp.Store.Queries;
using TrueUp.Testing.Memory;

namespace TrueUp.Server.Tests.Queue;

/// <summary>Jobs that become runs, in a whole server over stores in memory.</summary>
public sealed class ManualRunTests : IAsyncLifetime
{
    private static readonly Column[] Columns = [Text("id"), Text("name")];

    private static readonly FsCheck.Gen<string[]> Ids = Gen.Choose(0, 9)
        .Select(id => $"k{id}")
        .ArrayOf()
        .Select(ids => ids.Distinct(StringComparer.Ordinal).ToArray());

    private readonly MemoryStore _store = new();
    private ServerFixture _server = null!;
    private int _cases;

    public async ValueTask InitializeAsync() =>
        _server = await ServerFixture.StartAsync(options =>
            options with
            {
                Connectors = new ConnectorRegistry([new MemoryConnector(_store)]),
            }
        );

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void P13_asking_for_status_returns_the_last_sync_and_the_current_state() =>
        Cases.Check(
            Gen.Elements(true, false).ArrayOf().Select(runs => runs.Take(4).ToArray()),
            async runs =>
            {
                var pipeline = NewPipeline(["k1"], []);
                DateTimeOffset? lastSync = null;
                RunState? last = null;
                foreach (var works in runs)
                {
                    _server.Clock.Advance(TimeSpan.FromMinutes(1));
                    _store.SourceFaults.Opening = works ? null : Fail;
                    await RunAsync(pipeline);
                    lastSync = works ? _server.Clock.Now : lastSync;
                    last = works ? RunState.Completed : RunState.Failed;

                    var status = (await _server.Home.Pipelines.StatusAsync(pipeline.Name, default)).Single();
                    (status.LastSync, status.LastStatus, status.IsRunning).ShouldBe((lastSync, last, false));
                }
                var start = new RunStart(pipeline, TriggerSource.Manual, "ann", false, _server.Clock.Now);
                await using var open = await _server.Home.Audit.StartAsync(start, default);
                var running = (await _server.Home.Pipelines.StatusAsync(pipeline.Name, default)).Single();
                (running.LastSync, running.IsRunning).ShouldBe((lastSync, true));
            }
        );

    [Fact]
    public void P14_a_manual_trigger_executes_a_full_run_including_verification() =>
        Cases.Check(
            Gen.Zip(Ids, Ids),
            async sides =>
            {
                var (source, target) = sides;
                var pipeline = NewPipeline(source, target);

                var (job, run) = await RunAsync(pipeline);

                (job.State, job.RunId, job.RecordsProcessed).ShouldBe((JobState.Completed, run.RunId, source.Length));
                (run.Trigger, run.TriggeredBy).ShouldBe((TriggerSource.Manual, "ann"));
                run.Verdict.ShouldBe(Verdict.Verified);
                _store.Tables[TargetOf(pipeline)].Lines().ShouldBe(_store.Tables[SourceOf(pipeline)].Lines());
                var details = (await _server.Home.Runs.GetAsync(run.RunId, default)).ShouldNotBeNull();
                details.Verification.ShouldNotBeNull().Verdict.ShouldBe(Verdict.Verified);
            }
        );

    [Fact]
    public void P21_recent_alerts_are_shown_with_their_severity_and_time() =>
        Cases.Check(
            (
                from severity in Gen.Elements(Enum.GetValues<Severity>())
                from minutes in Gen.Choose(0, 5)
                from isSeen in Gen.Elements(true, false)
                select (severity, minutes, isSeen)
            ).ArrayOf(6),
            async alerts =>
            {
                var pipeline = NewPipeline([], []).Name;
                foreach (var (severity, minutes, isSeen) in alerts)
                {
                    _server.Clock.Advance(TimeSpan.FromMinutes(minutes));
                    Raise(pipeline, severity, isSeen);
                }
                // Known to the server by having run once.
                await RunAsync(NewPipeline([], []) with { Name = pipeline });

                var recent = await AlertsAsync($"dashboard?entity={pipeline}", "recent_alerts", pipeline);
                var active = await AlertsAsync("health-overview", "active_alerts", pipeline);

                recent
                    .Select(Severity)
                    .ShouldBe(alerts.Reverse().Select(a => a.severity.ToString().ToUpperInvariant()));
                recent
                    .Select(alert => alert["created_at"]!.GetValue<DateTimeOffset>())
                    .ShouldBeInOrder(SortDirection.Descending);
                active.Count.ShouldBe(alerts.Count(a => !a.isSeen));
                Acknowledge();
            }
        );

    [Fact]
    public async Task What_fails_for_a_reason_that_may_pass_is_tried_again_later_until_it_was_tried_often_enough()
    {
        var pipeline = NewPipeline(["k1"], []);
        _store.SourceFaults.Opening = Fail;
        await RunAsync(pipeline);

        var delays = new List<TimeSpan>();
        while (await _server.Home.Queue.OpenAsync(pipeline.Name, default) is { } retry)
        {
            retry.Trigger.ShouldBe(TriggerSource.Retry);
            delays.Add(retry.DueAt - _server.Clock.Now);
            _server.Clock.Advance(retry.DueAt - _server.Clock.Now);
            await ClaimAndRunAsync(pipeline);
        }

        delays.ShouldBe([TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20)]);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_leaves_a_cancelled_job()
    {
        var pipeline = NewPipeline(["k1"], []);
        await EnqueueAsync(pipeline);
        var job = (await ClaimAsync(pipeline))!;
        using var running = new RunningJob(job, TimeSpan.FromHours(1), TimeProvider.System);
        _store.SourceFaults.Opening = () => running.Stop(StopReason.Cancelled);

        await Runner.RunAsync(running, pipeline);

        (await _server.Home.Queue.FindAsync(job.Id, default))!.State.ShouldBe(JobState.Cancelled);
        _store.Tables.GetValueOrDefault(TargetOf(pipeline))?.Rows.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_whose_server_is_stopped_waits_for_another_server()
    {
        var pipeline = NewPipeline(["k1"], []);
        await EnqueueAsync(pipeline);
        var job = (await ClaimAsync(pipeline))!;
        using var running = new RunningJob(job, TimeSpan.FromHours(1), TimeProvider.System);
        _store.SourceFaults.Opening = () => running.Stop(StopReason.Drained);

        await Runner.RunAsync(running, pipeline);

        var waiting = (await _server.Home.Queue.FindAsync(job.Id, default))!;
        (waiting.State, waiting.Attempt).ShouldBe((JobState.Queued, 1));
    }

    private JobRunner Runner => _server.Services.GetRequiredService<JobRunner>();

    private static Column Text(string name) => new(name, LogicalType.TryParse("text", out var type) ? type : default!);

    private static void Fail() =>
        throw new SideException(ErrorType.Network, "cut off", "Wait.") { Code = "cannot_connect", IsTransient = true };

    private static string SourceOf(PipelineDefinition pipeline) => $"{pipeline.Name}_source";

    private static string TargetOf(PipelineDefinition pipeline) => $"{pipeline.Name}_target";

    private static string Severity(JsonNode alert) => alert["severity"]!.GetValue<string>();

    /// <summary>A pipeline of a name and tables of its own; the target misses and has others than the source.</summary>
    private PipelineDefinition NewPipeline(string[] source, string[] target)
    {
        var pipeline = new PipelineDefinition
        {
            Name = $"case{Interlocked.Increment(ref _cases)}",
            Source = new SideDefinition("memory"),
            Target = new SideDefinition("memory"),
            Key = ["id"],
            MaxDeletes = Allowance.OfPercent(100),
            Retry = new RetryDefinition { Attempts = 0 },
        };
        pipeline = pipeline with
        {
            Source = pipeline.Source.With("table", SourceOf(pipeline)),
            Target = pipeline.Target.With("table", TargetOf(pipeline)),
        };
        Fill(SourceOf(pipeline), source, "new");
        if (target.Length > 0 && source.Length > 0)
        {
            Fill(TargetOf(pipeline), target, "old");
        }
        _store.SourceFaults.Opening = null;
        return pipeline;
    }

    private void Fill(string table, string[] ids, string name)
    {
        var filled = new MemoryTable(Columns, "id");
        foreach (var id in ids)
        {
            filled.Add(id, name);
        }
        _store.Tables[table] = filled;
    }

    private ValueTask<Enqueued> EnqueueAsync(PipelineDefinition pipeline) =>
        _server.Home.Queue.EnqueueAsync(
            new JobRequest
            {
                Pipeline = pipeline.Name,
                Trigger = TriggerSource.Manual,
                TriggeredBy = "ann",
            },
            default
        );

    private ValueTask<Job?> ClaimAsync(PipelineDefinition pipeline) =>
        _server.Home.Claims.ClaimAsync(new JobClaim("n1", JobClaims.LeaseMax, 0, [pipeline.Name]), default);

    private async Task<(Job Job, RunSummary Run)> RunAsync(PipelineDefinition pipeline)
    {
        (await EnqueueAsync(pipeline)).Result.ShouldBeOneOf(EnqueueResult.Queued, EnqueueResult.Joined);
        return await ClaimAndRunAsync(pipeline);
    }

    private async Task<(Job Job, RunSummary Run)> ClaimAndRunAsync(PipelineDefinition pipeline)
    {
        var job = (await ClaimAsync(pipeline)).ShouldNotBeNull();
        using var running = new RunningJob(job, TimeSpan.FromHours(1), TimeProvider.System);
        await Runner.RunAsync(running, pipeline);
        var runs = await _server.Home.Runs.ListAsync(new RunQuery { Pipeline = pipeline.Name, Limit = 1 }, default);
        return ((await _server.Home.Queue.FindAsync(job.Id, default))!, runs.Items.Single());
    }

    private async Task<List<JsonNode>> AlertsAsync(string path, string list, string pipeline)
    {
        var text = await _server.Viewer.GetStringAsync(new Uri($"/api/v1/sync-monitoring/{path}", UriKind.Relative));
        return
        [
            .. JsonNode.Parse(text)![list]!
                .AsArray()
                .Select(alert => alert!)
                .Where(alert => alert["entity_type"]!.GetValue<string>() == pipeline),
        ];
    }

    // Raising alerts is not this server's business yet: they are what anybody wrote into the table.
    private void Raise(string pipeline, Severity severity, bool isSeen) =>
        Execute(
            """
            INSERT INTO sync_alerts (severity, type, entity_type, message, acknowledged, created_at)
            VALUES ($severity, 'sync_gap', $pipeline, 'x', $seen, $now)
            """,
            ("$severity", severity.ToString().ToUpperInvariant()),
            ("$pipeline", pipeline),
            ("$seen", isSeen),
            ("$now", _server.Clock.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"))
        );

    // The overview lists a limited number of all pipelines' alerts.
    private void Acknowledge() => Execute("UPDATE sync_alerts SET acknowledged = 1");

    private void Execute(string sql, params (string Name, object Value)[] parameters)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_server.HomeFolder, "trueup.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }
        command.ExecuteNonQuery();
    }
}

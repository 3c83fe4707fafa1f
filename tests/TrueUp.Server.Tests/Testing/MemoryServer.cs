using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Server.Queue;
using TrueUp.Sides;
using TrueUp.Store.Jobs;
using TrueUp.Testing.Memory;

namespace TrueUp.Server.Tests.Testing;

/// <summary>
/// A whole server with one pipeline, <c>rows</c>, between tables in memory, and a clock that moves as the test says.
/// Everything has a minute.
/// </summary>
internal sealed class MemoryServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken
    );

    private MemoryServer(string schedule, Func<string, CancellationToken, ValueTask>? step)
    {
        _limit.CancelAfter(TimeSpan.FromMinutes(1));
        Store.Tables["rows"] = new MemoryTable([new Column("id", LogicalType.Text)], "id").Add("1");
        Store.SourceFaults.Step = step;
        Yaml =
            "name: rows\nsource: {type: memory, table: rows}\ntarget: {type: memory, table: rows_copy}\nkey: id\n"
            + schedule;
    }

    public ManualClock Clock { get; } = new();

    public ServerFixture Server { get; private set; } = null!;

    public CancellationToken Cancel => _limit.Token;

    private MemoryStore Store { get; } = new();

    private string Yaml { get; }

    /// <summary>Starts it.</summary>
    /// <param name="schedule">The pipeline's schedule as YAML; without it, it has none.</param>
    /// <param name="step">What happens in each step of the source.</param>
    public static async Task<MemoryServer> StartAsync(
        string schedule = "",
        Func<string, CancellationToken, ValueTask>? step = null
    )
    {
        var memory = new MemoryServer(schedule, step);
        memory.Server = await ServerFixture.StartAsync(
            options =>
                options with
                {
                    Clock = memory.Clock,
                    Connectors = new ConnectorRegistry([new MemoryConnector(memory.Store)]),
                },
            files: new Dictionary<string, string> { ["rows.yaml"] = memory.Yaml }
        );
        return memory;
    }

    /// <summary>Asks for a run.</summary>
    /// <returns>The job.</returns>
    public async Task<string> EnqueueAsync()
    {
        var request = new JobRequest { Pipeline = "rows", Trigger = TriggerSource.Manual };
        return (await Server.Home.Queue.EnqueueAsync(request, Cancel)).Job!.Id;
    }

    /// <summary>Lets the time of a look at the queue pass until a job is over.</summary>
    public async Task<Job> EndAsync(string id)
    {
        Job? job = null;
        await UntilAsync(
            async () =>
                (job = await Server.Home.Queue.FindAsync(id, Cancel))!.State
                    is not (JobState.Queued or JobState.Running),
            Dispatcher.Pace
        );
        return job!;
    }

    /// <summary>Waits for something, letting time pass between one look and the next.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, TimeSpan pass = default)
    {
        while (!await condition())
        {
            Clock.Advance(pass);
            await Task.Delay(20, Cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        var end = Server.DisposeAsync().AsTask();
        // What a failed test left running is stopped at the end of the grace time, by this clock.
        while (!end.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(end, Task.Delay(20));
        }
        await end;
        _limit.Dispose();
    }
}

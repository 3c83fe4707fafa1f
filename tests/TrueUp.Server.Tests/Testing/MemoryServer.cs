using Microsoft.Extensions.DependencyInjection;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Server.Queue;
using TrueUp.Server.Scheduling;
using TrueUp.Sides;
using TrueUp.Store.Jobs;
using TrueUp.Testing.Memory;

namespace TrueUp.Server.Tests.Testing;

/// <summary>
/// A whole server with one pipeline, <c>rows</c>, or several, between tables in memory, and a clock that moves as the
/// test says. Everything has a minute.
/// </summary>
internal sealed class MemoryServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken
    );

    private MemoryServer(
        ManualClock clock,
        IEnumerable<string> pipelines,
        Func<string, CancellationToken, ValueTask>? step
    )
    {
        _limit.CancelAfter(TimeSpan.FromMinutes(1));
        Clock = clock;
        foreach (var name in pipelines)
        {
            Store.Tables[name] = Table().Add("1", "a");
        }
        Store.SourceFaults.Step = step;
    }

    public ManualClock Clock { get; }

    public ServerFixture Server { get; private set; } = null!;

    public CancellationToken Cancel => _limit.Token;

    /// <summary>The tables: <c>NAME</c> is the source of a pipeline, <c>NAME_copy</c> its target.</summary>
    public MemoryStore Store { get; } = new();

    /// <summary>A table of the columns <c>id</c> and <c>name</c>.</summary>
    public static MemoryTable Table() =>
        new([new Column("id", LogicalType.Text), new Column("name", LogicalType.Text)], "id");

    /// <summary>A pipeline's file.</summary>
    /// <param name="name">The pipeline's name.</param>
    /// <param name="more">What else stands in it, such as a schedule.</param>
    public static string Yaml(string name, string more = "") =>
        $"name: {name}\nsource: {{type: memory, table: {name}}}\n"
        + $"target: {{type: memory, table: {name}_copy}}\nkey: id\n{more}";

    /// <summary>Starts it.</summary>
    /// <param name="schedule">What else stands in the pipelines' files as YAML, such as a schedule.</param>
    /// <param name="step">What happens in each step of the sources.</param>
    /// <param name="pipelines">The pipelines' names; <c>rows</c> without.</param>
    /// <param name="settings">The text of <c>trueup.yaml</c>.</param>
    /// <param name="home">A home that outlives the server.</param>
    /// <param name="clock">A clock that does.</param>
    /// <param name="database">A control database in PostgreSQL, whose own clock goes on as ever.</param>
    /// <param name="files">Further files of the folder of pipelines, by name.</param>
    public static async Task<MemoryServer> StartAsync(
        string schedule = "",
        Func<string, CancellationToken, ValueTask>? step = null,
        IReadOnlyList<string>? pipelines = null,
        string? settings = null,
        string? home = null,
        ManualClock? clock = null,
        string? database = null,
        IReadOnlyDictionary<string, string>? files = null
    )
    {
        pipelines ??= ["rows"];
        var memory = new MemoryServer(clock ?? new ManualClock(), pipelines, step);
        var all = new Dictionary<string, string>(files ?? new Dictionary<string, string>());
        foreach (var name in pipelines)
        {
            all.TryAdd($"{name}.yaml", Yaml(name, schedule));
        }
        memory.Server = await ServerFixture.StartAsync(
            options =>
                options with
                {
                    Home = home ?? options.Home,
                    Clock = memory.Clock,
                    ControlDatabase = database,
                    Connectors = new ConnectorRegistry([new MemoryConnector(memory.Store)]),
                },
            settings: settings,
            files: all
        );
        return memory;
    }

    /// <summary>The path of a pipeline's file.</summary>
    public string FileOf(string pipeline) => Path.Combine(Server.HomeFolder, "pipelines", $"{pipeline}.yaml");

    /// <summary>Asks for a run.</summary>
    /// <returns>The job.</returns>
    public async Task<string> EnqueueAsync(
        string pipeline = "rows",
        JobPriority priority = JobPriority.Normal,
        TriggerSource trigger = TriggerSource.Manual
    )
    {
        var request = new JobRequest
        {
            Pipeline = pipeline,
            Trigger = trigger,
            Priority = priority,
        };
        return (await Server.Home.Queue.EnqueueAsync(request, Cancel)).Job!.Id;
    }

    /// <summary>A job as it stands.</summary>
    public async Task<Job> JobAsync(string id) => (await Server.Home.Queue.FindAsync(id, Cancel)).ShouldNotBeNull();

    /// <summary>All jobs of a pipeline, newest first.</summary>
    public async Task<IReadOnlyList<Job>> JobsAsync(string pipeline = "rows") =>
        (await Server.Home.Queue.ListAsync(new JobQuery { Pipeline = pipeline }, Cancel)).Items;

    /// <summary>When a pipeline is due next by its trigger; empty without one.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> NextAsync(string pipeline = "rows", int count = 1)
    {
        var fires = Server.Services.GetRequiredService<INextFires>();
        return (await fires.NextAsync([pipeline], count, Cancel)).GetValueOrDefault(pipeline, []);
    }

    /// <summary>Lets the time of a look at the queue pass until a job is over.</summary>
    public async Task<Job> EndAsync(string id)
    {
        Job? job = null;
        await UntilAsync(
            async () => (job = await JobAsync(id)).State is not (JobState.Queued or JobState.Running),
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

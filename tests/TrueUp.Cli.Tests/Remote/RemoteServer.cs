using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Store;

namespace TrueUp.Cli.Tests.Remote;

/// <summary>
/// A server as a process, with what there is to ask it for: a pipeline that went through, one that failed, and a run of
/// long ago with more errors than a server gives at once.
/// </summary>
public sealed class RemoteServer : IAsyncLifetime
{
    /// <summary>The pipeline whose file is gone, and whose run was written by hand.</summary>
    public const string Old = "old";

    /// <summary>The errors of its run; the newest is about the record <see cref="Key"/> and of another kind.</summary>
    public const int OldErrors = 1_200;

    /// <summary>The record that one error is about.</summary>
    public const string Key = "X1";

    private static readonly Dictionary<string, string> NoVariables = [];

    private readonly CliRunner _cli = new();
    private Process? _process;

    /// <summary>Where it listens.</summary>
    public string Url { get; } = $"http://127.0.0.1:{FreePort()}";

    /// <summary>An address where nobody listens.</summary>
    public string Nowhere { get; } = "http://127.0.0.1:1";

    /// <summary>The first administrator's key.</summary>
    public string AdminKey { get; private set; } = "";

    /// <summary>The run of <see cref="Old"/>.</summary>
    public string OldRun { get; private set; } = "";

    /// <summary>The home the server works in.</summary>
    public string Home => _cli.Home;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        OldRun = await LeaveRunAsync(_cli.Home);
        _cli.Write("data/trueup.yaml", "recovery: {enabled: false}\n");
        _cli.Write("sellers.csv", "number,name\nAA1,Ann\nAA2,Bob\nnobody,Eve\n");
        WritePipeline("sellers", "sellers.csv");
        WritePipeline("broken", "missing.csv");
        _process = _cli.Start(NoVariables, "serve", "--urls", Url, "--quiet");
        try
        {
            AdminKey = await ReadKeyAsync(_process);
            (await AskAsync("trigger", "sellers", "--wait")).ShouldExit(0);
            (await AskAsync("trigger", "broken", "--wait")).ShouldExit(1);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await kill.WaitForExitAsync();
            await _cli.EndAsync(_process);
            _process.Dispose();
        }
        _cli.Dispose();
    }

    /// <summary>Runs a command that asks the server as an administrator.</summary>
    public Task<CliResult> AskAsync(params string[] args) => AskAsAsync(AdminKey, args);

    /// <summary>Runs a command that asks the server as whoever the key belongs to.</summary>
    public Task<CliResult> AskAsAsync(string key, params string[] args) =>
        _cli.RunAsync(new Dictionary<string, string> { ["TRUEUP_SERVER"] = Url, ["TRUEUP_KEY"] = key }, args);

    /// <summary>Runs a command that looks into the server's home.</summary>
    public Task<CliResult> LookAsync(params string[] args) => _cli.RunAsync(args);

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, string content) => _cli.Write(name, content);

    private static async Task<string> ReadKeyAsync(Process process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var line = await process.StandardError.ReadLineAsync(limit.Token);
        line.ShouldNotBeNull().ShouldStartWith("The first administrator's key, shown only this once: ");
        return line[(line.LastIndexOf(' ') + 1)..];
    }

    private void WritePipeline(string name, string source) =>
        _cli.Write(
            $"data/pipelines/{name}.yaml",
            $$"""
            name: {{name}}
            source: {type: csv, path: ../../{{source}}}
            target: {type: sqlite, path: ../../{{name}}.db, table: rows}
            key: number
            rules:
              - {name: number format, column: number, matches: '^AA\d+$'}
            """
        );

    private static async Task<string> LeaveRunAsync(string folder)
    {
        await using var home = TrueUpHome.Open(folder, TimeProvider.System);
        var pipeline = new PipelineDefinition
        {
            Name = Old,
            Source = new SideDefinition("csv"),
            Target = new SideDefinition("sqlite"),
        };
        var start = TimeProvider.System.GetUtcNow().AddHours(-1);
        await using var audit = await home.Audit.StartAsync(
            new RunStart(pipeline, TriggerSource.Manual, "ann", VerifyOnly: false, start),
            CancellationToken.None
        );
        var error = new AuditError("", ErrorType.Database, Severity.Medium, "A record is wrong.", "Correct it.");
        for (var i = 1; i < OldErrors; i++)
        {
            await audit.ErrorAsync(error, CancellationToken.None);
        }
        await audit.ErrorAsync(error with { Type = ErrorType.Network, Key = Key }, CancellationToken.None);
        var outcome = new UnitOutcome("")
        {
            Status = RunStatus.Completed,
            Counts = new RunCounts
            {
                Source = 2_005,
                Target = 2_003,
                Created = 2_003,
                Skipped = 2,
            },
            Verification = new Verification { Verdict = Verdict.Incomplete, Unproven = 2 },
        };
        await audit.UnitAsync(outcome, CancellationToken.None);
        await audit.CompleteAsync(
            new RunOutcome
            {
                RunId = audit.RunId,
                Pipeline = Old,
                Status = outcome.Status,
                Counts = outcome.Counts,
                Verification = outcome.Verification,
                Units = [outcome],
                StartedAt = start,
                FinishedAt = start.AddSeconds(1),
            },
            CancellationToken.None
        );
        return audit.RunId;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

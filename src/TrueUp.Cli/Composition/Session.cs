using TrueUp.Cli.Execution;
using TrueUp.Runs;
using TrueUp.Store;
using TrueUp.Undo;

namespace TrueUp.Cli.Composition;

/// <summary>An open home with the engine that leaves its trail there.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly LogFile _log;

    private Session(TrueUpHome home, TimeProvider clock)
    {
        Home = home;
        _log = new LogFile(home.Logs, clock);
        Engine = new SyncEngine(Connectors.Registry, home.Audit, clock, _log, home.ReceiptBook, home.Images);
        Undo = new UndoEngine(Connectors.Registry, home.Audit, home.Images, clock, _log, home.ReceiptBook);
    }

    /// <summary>The home.</summary>
    public TrueUpHome Home { get; }

    /// <summary>The engine.</summary>
    public SyncEngine Engine { get; }

    /// <summary>Takes runs back.</summary>
    public UndoEngine Undo { get; }

    /// <summary>Opens the command line's home, creating it if need be.</summary>
    /// <exception cref="Sides.SideException">It cannot be used.</exception>
    public static Session Open(Invocation invocation) =>
        new(TrueUpHome.Open(invocation.Home, invocation.Clock), invocation.Clock);

    /// <summary>Opens the command line's home to look something up in it; null when there is none.</summary>
    /// <exception cref="Sides.SideException">It cannot be used.</exception>
    public static TrueUpHome? Look(Invocation invocation) =>
        File.Exists(Path.Combine(invocation.Home, "trueup.db"))
            ? TrueUpHome.Open(invocation.Home, invocation.Clock)
            : null;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Home.DisposeAsync();
        _log.Dispose();
    }
}

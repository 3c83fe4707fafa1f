using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;
using TrueUp.Sides;
using TrueUp.Store.Access;
using TrueUp.Store.Audit;
using TrueUp.Store.Database;
using TrueUp.Store.Images;
using TrueUp.Store.Jobs;
using TrueUp.Store.Queries;
using TrueUp.Store.Receipts;
using TrueUp.Store.Retention;
using TrueUp.Store.Settings;
using TrueUp.Undo;

namespace TrueUp.Store;

/// <summary>
/// Where TrueUp keeps what it knows (<c>--home</c>): the control database (<c>trueup.db</c>, or a PostgreSQL database),
/// record logs (<c>records/</c>), replaced rows (<c>undo/</c>), receipts (<c>receipts/</c>), the archive
/// (<c>archive/</c>) and logs (<c>logs/</c>), readable by their owner alone. Several processes may use the same home.
/// Disposing writes what is still queued.
/// </summary>
public sealed class TrueUpHome : IAsyncDisposable
{
    private readonly StoreContext _context;
    private readonly Witnesses _witnesses;

    private TrueUpHome(StoreContext context, RandomFill? random)
    {
        _context = context;
        Records = new RecordQueries(context);
        Runs = new RunQueries(context, Records);
        Pipelines = new PipelineQueries(context);
        Monitoring = new MonitoringQueries(context);
        Units = new UnitQueries(context);
        Timeline = new TimelineQueries(context);
        Errors = new ErrorQueries(context);
        DeadLetters = new DeadLetters(context);
        Receipts = new ReceiptIndex(context);
        Keys = new ReceiptKeys(Path.Combine(context.Folder, "keys"));
        Images = new BeforeImages(context);
        _witnesses = new Witnesses(context.Clock, TimeSpan.FromMilliseconds(500));
        ReceiptBook = new ReceiptBook(Receipts, Keys, _witnesses, context.Clock);
        var ids = new RunIds(context.Clock, random);
        Audit = new AuditLog(context, ids);
        Queue = new JobQueue(context, ids);
        Claims = new JobClaims(context);
        Nodes = new NodeBoard(context);
        Maintenance = new Maintenance(context);
        Config = new ConfigStore(context);
        ApiKeys = new KeyStore(context, ids);
        Users = new UserStore(context);
        AdminTrail = new AdminTrail(context);
    }

    /// <summary>The folder's absolute path.</summary>
    public string Folder => _context.Folder;

    /// <summary>The folder for log files.</summary>
    public string Logs => Path.Combine(Folder, "logs");

    /// <summary>
    /// What is not as it should be and keeps nothing from working, as found when the home was opened.
    /// </summary>
    public IReadOnlyList<Finding> Warnings { get; private init; } = [];

    /// <summary>Where runs leave their trail.</summary>
    public IAuditLog Audit { get; }

    /// <summary>Runs and everything that belongs to one.</summary>
    public RunQueries Runs { get; }

    /// <summary>How each pipeline stands.</summary>
    public PipelineQueries Pipelines { get; }

    /// <summary>How well the pipelines did over a time.</summary>
    public MonitoringQueries Monitoring { get; }

    /// <summary>How each unit of a pipeline did last.</summary>
    public UnitQueries Units { get; }

    /// <summary>What happened to a pipeline.</summary>
    public TimelineQueries Timeline { get; }

    /// <summary>What is to be run, runs and ran by servers.</summary>
    public JobQueue Queue { get; }

    /// <summary>How servers take jobs.</summary>
    public JobClaims Claims { get; }

    /// <summary>The servers.</summary>
    public NodeBoard Nodes { get; }

    /// <summary>What is old is archived and summed up, summaries are refreshed.</summary>
    public Maintenance Maintenance { get; }

    /// <summary>Settings that override <c>trueup.yaml</c>, and the history of the configuration.</summary>
    public ConfigStore Config { get; }

    /// <summary>The keys by which programs use the servers.</summary>
    public KeyStore ApiKeys { get; }

    /// <summary>The people who may use the dashboard.</summary>
    public UserStore Users { get; }

    /// <summary>What was done to the servers.</summary>
    public AdminTrail AdminTrail { get; }

    /// <summary>Errors of all runs.</summary>
    public ErrorQueries Errors { get; }

    /// <summary>Records that could not be synchronised.</summary>
    public DeadLetters DeadLetters { get; }

    /// <summary>What became of single records.</summary>
    public RecordQueries Records { get; }

    /// <summary>Which receipts there are.</summary>
    public ReceiptIndex Receipts { get; }

    /// <summary>The keys that sign receipts, and those that are trusted.</summary>
    public ReceiptKeys Keys { get; }

    /// <summary>Where runs leave their receipts.</summary>
    public IReceiptBook ReceiptBook { get; }

    /// <summary>Where runs keep the rows they overwrite or delete, so that they can be undone.</summary>
    public IBeforeImages Images { get; }

    /// <summary>Opens a home, creating what is missing and bringing its database to this program's version.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="clock">The time of everything that is recorded.</param>
    /// <param name="connection">
    /// The PostgreSQL database that holds the control database in schema <c>trueup_control</c>, as Npgsql keywords or a
    /// <c>postgres://</c> URL; null for <c>trueup.db</c> in the folder.
    /// </param>
    /// <exception cref="SideException">The home cannot be used: <c>audit_unavailable</c>,
    /// <c>control_database_corrupt</c>, <c>control_database_newer</c>, <c>control_database_foreign</c> or
    /// <c>control_database_altered</c>.</exception>
    public static TrueUpHome Open(string directory, TimeProvider clock, string? connection = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(clock);
        var folder = Path.GetFullPath(directory);
        CreateFolders(folder);
        ControlDatabase database = connection is null
            ? new SqliteControlDatabase(Path.Combine(folder, "trueup.db"))
            : new PostgresControlDatabase(connection);
        try
        {
            return Open(folder, clock, database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Makes a new key for receipts, which the old one vouches for; null when there is none yet. Receipts of the old
    /// key stay checkable, and the next receipt of each chain says how the key came about.
    /// </summary>
    public async ValueTask<KeyRotation?> RotateKeyAsync(CancellationToken cancellationToken)
    {
        KeyRotation? rotation = null;
        // A transaction, so that no receipt is signed meanwhile.
        await _context.Writer.RunAsync(
            transaction =>
            {
                _context.Database.Lock(transaction, ReceiptIndex.Lock);
                rotation = Keys.Rotate(_context.Clock.GetUtcNow());
            },
            durable: false,
            cancellationToken
        );
        return rotation;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _witnesses.Dispose();
        await _context.Writer.DisposeAsync();
        _context.Database.Dispose();
    }

    /// <summary>Opens a home whose control database is somewhere else.</summary>
    internal static TrueUpHome Open(
        string folder,
        TimeProvider clock,
        ControlDatabase database,
        RandomFill? random = null
    )
    {
        CreateFolders(folder);
        new Migrator(database, clock, Migration.For(database.Dialect)).Migrate();
        var warnings = database.Secure();
        var context = new StoreContext(database, new DatabaseWriter(database), clock, folder);
        return new TrueUpHome(context, random) { Warnings = warnings };
    }

    private static void CreateFolders(string folder)
    {
        try
        {
            foreach (var name in (string[])["", "records", "undo", "receipts", "logs"])
            {
                PrivateFolder.Create(Path.Combine(folder, name));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.Unavailable(
                folder,
                $"the folder cannot be created: {error.Message}",
                "Name another folder with --home, or allow writing to this one.",
                transient: false,
                error
            );
        }
    }
}

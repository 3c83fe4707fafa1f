using TrueUp.Store.Database;
using TrueUp.Store.Tests.Testing;
using TrueUp.Testing;

namespace TrueUp.Store.Tests.Database;

/// <summary>
/// What every control database has to do; each dialect inherits it. A test has a home and a clock of its own.
/// </summary>
public abstract partial class ControlDatabaseConformance : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private protected TestClock Clock { get; } = new();

    private protected TrueUpHome Home { get; private set; } = null!;

    /// <summary>The folder of the home.</summary>
    private protected string HomeFolder => _folder.File("home");

    /// <summary>The test's database; the same each time it is called within a test.</summary>
    private protected abstract ControlDatabase CreateDatabase(string folder);

    public virtual ValueTask InitializeAsync()
    {
        Home = OpenHome();
        return default;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Home.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected TrueUpHome OpenHome()
    {
        Directory.CreateDirectory(HomeFolder);
        return TrueUpHome.Open(HomeFolder, Clock, CreateDatabase(HomeFolder));
    }

    /// <summary>Another program opens the same home: whatever was not written is lost.</summary>
    private protected async Task ReopenAsync()
    {
        await Home.DisposeAsync();
        Home = OpenHome();
    }

    private protected async Task<List<T>> QueryAsync<T>(string sql, Func<RowReader, T> read)
    {
        using var database = CreateDatabase(HomeFolder);
        return await database.QueryAsync(sql, null, read, CancellationToken.None);
    }
}

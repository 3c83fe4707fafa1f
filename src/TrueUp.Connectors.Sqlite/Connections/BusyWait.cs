using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace TrueUp.Connectors.Sqlite.Connections;

/// <summary>
/// Waits for another connection's lock like <c>sqlite3_busy_timeout</c>, whose waiting nothing can end, but no longer
/// than until the caller is cancelled.
/// </summary>
internal sealed unsafe class BusyWait : IDisposable
{
    private readonly ManualResetEventSlim _stopped = new();
    private readonly CancellationTokenRegistration _registration;
    private readonly int _timeoutMs;
    private readonly sqlite3 _connection;
    private GCHandle _self;

    /// <param name="connection">The connection that waits from now on.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public BusyWait(sqlite3 connection, TimeSpan timeout, CancellationToken cancellationToken)
    {
        _connection = connection;
        _timeoutMs = (int)timeout.TotalMilliseconds;
        _self = GCHandle.Alloc(this);
        _registration = cancellationToken.UnsafeRegister(static wait => ((BusyWait)wait!)._stopped.Set(), this);
        _ = Native.BusyHandler(connection.DangerousGetHandle(), &OnBusy, GCHandle.ToIntPtr(_self));
    }

    // As SQLite pauses itself.
    private static ReadOnlySpan<byte> PausesMs => [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100];

    public void Dispose()
    {
        _ = Native.BusyHandler(_connection.DangerousGetHandle(), null, 0);
        _registration.Dispose();
        _stopped.Dispose();
        _self.Free();
    }

    /// <returns>0 to give up, anything else to try again.</returns>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnBusy(nint self, int tries) =>
        ((BusyWait)GCHandle.FromIntPtr(self).Target!).Wait(tries) ? 1 : 0;

    private bool Wait(int tries)
    {
        var waitedMs = 0;
        for (var i = 0; i < Math.Min(tries, PausesMs.Length); i++)
        {
            waitedMs += PausesMs[i];
        }
        waitedMs += Math.Max(0, tries - PausesMs.Length) * PausesMs[^1];
        var pauseMs = Math.Min(PausesMs[Math.Min(tries, PausesMs.Length - 1)], _timeoutMs - waitedMs);
        return pauseMs > 0 && !_stopped.Wait(pauseMs);
    }
}

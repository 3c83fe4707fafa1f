using System.Runtime.InteropServices;
using TrueUp.Cli.Output;

namespace TrueUp.Cli.Execution;

/// <summary>Turns the first Ctrl-C or SIGTERM into a cancellation; the second ends the process at once.</summary>
internal sealed class CancelSignals : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly Screen _screen;

    /// <param name="screen">Told what is going on.</param>
    /// <param name="cancellationToken">Another reason to cancel.</param>
    public CancelSignals(Screen screen, CancellationToken cancellationToken)
    {
        _screen = screen;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
        {
            return;
        }
        context.Cancel = true;
        _screen.Line("Stopping at the next safe point; press Ctrl-C again to stop at once.");
        _source.Cancel();
    }
}

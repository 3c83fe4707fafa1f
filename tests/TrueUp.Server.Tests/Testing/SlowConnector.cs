using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Server.Tests.Testing;

/// <summary>A store that is reached, or not, as a test says; rows it has none.</summary>
internal sealed class SlowConnector : IConnector
{
    private int _pings;

    /// <summary>What a ping does.</summary>
    public Func<CancellationToken, ValueTask> Ping { get; set; } = _ => ValueTask.CompletedTask;

    /// <summary>Pings so far.</summary>
    public int Pings => _pings;

    public IReadOnlyList<string> SourceTypes { get; } = ["slow"];

    public IReadOnlyList<string> TargetTypes { get; } = ["slow"];

    public IReadOnlyList<SideOption> Options(string type, SideRole role) => [];

    public IEnumerable<Finding> Validate(SideDefinition side, SideRole role) => [];

    public ValueTask<IReadOnlyList<SideUnit>> UnitsAsync(SideDefinition source, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ISource OpenSource(SideDefinition side) => throw new NotSupportedException();

    public ITarget OpenTarget(SideDefinition side) => throw new NotSupportedException();

    public ValueTask PingAsync(SideDefinition side, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _pings);
        return Ping(cancellationToken);
    }
}

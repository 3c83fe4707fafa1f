namespace TrueUp.Server.Scheduling;

/// <summary>For a server without a schedule: nothing ever fires.</summary>
internal sealed class NoNextFires : INextFires
{
    /// <inheritdoc />
    public IReadOnlyList<DateTimeOffset> Next(string pipeline, int count) => [];
}

using TrueUp.Server.Scheduling;

namespace TrueUp.Server.Tests.Api;

/// <summary>Fires that a test has set.</summary>
internal sealed class FixedFires : INextFires
{
    public Dictionary<string, DateTimeOffset[]> Times { get; } = [];

    public IReadOnlyList<DateTimeOffset> Next(string pipeline, int count) =>
        [.. Times.GetValueOrDefault(pipeline, []).Take(count)];
}

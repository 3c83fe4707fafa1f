using TrueUp.Server.Scheduling;

namespace TrueUp.Server.Tests.Api;

/// <summary>Fires that a test has set.</summary>
internal sealed class FixedFires : INextFires
{
    public Dictionary<string, DateTimeOffset[]> Times { get; } = [];

    public string? Describe(string pipeline) => null;

    public ValueTask<IReadOnlyDictionary<string, IReadOnlyList<DateTimeOffset>>> NextAsync(
        IReadOnlyCollection<string> pipelines,
        int count,
        CancellationToken cancellationToken
    ) =>
        new(
            pipelines
                .Where(Times.ContainsKey)
                .ToDictionary(name => name, name => (IReadOnlyList<DateTimeOffset>)[.. Times[name].Take(count)])
        );

    public ValueTask<DateTimeOffset?> EarliestAsync(
        IReadOnlySet<string> pipelines,
        CancellationToken cancellationToken
    ) =>
        new(
            Times
                .Where(times => pipelines.Contains(times.Key))
                .SelectMany(times => times.Value)
                .Min(time => (DateTimeOffset?)time)
        );
}

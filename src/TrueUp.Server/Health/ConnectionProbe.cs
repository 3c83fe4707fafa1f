using TrueUp.Audit;
using TrueUp.Sides;

namespace TrueUp.Server.Health;

/// <summary>Whether the stores of one type can be reached.</summary>
/// <param name="type">The type, as pipeline files name it.</param>
/// <param name="pings">One for each store.</param>
internal sealed class ConnectionProbe(string type, IReadOnlyList<Func<CancellationToken, ValueTask>> pings) : IProbe
{
    /// <summary>Stores that are looked at; with more of them this is a sample.</summary>
    public const int StoresMax = 50;

    private const int AtOnce = 8;

    public string Name => $"{type.Replace('-', '_')}_connection";

    public bool IsVital => false;

    public async ValueTask<ProbeResult> CheckAsync(CancellationToken cancellationToken)
    {
        var problems = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var looked = pings.Take(StoresMax).ToList();
        await Parallel.ForEachAsync(
            looked,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (ping, token) =>
            {
                try
                {
                    await ping(token);
                }
                catch (SideException error)
                {
                    problems.Enqueue(Redaction.Clean(error.Message));
                }
            }
        );
        if (!problems.TryPeek(out var first))
        {
            return ProbeResult.Healthy($"{looked.Count} can be reached.");
        }
        var message = $"{problems.Count} of {looked.Count} cannot be reached: {first}";
        return problems.Count == looked.Count ? ProbeResult.Unhealthy(message) : ProbeResult.Degraded(message);
    }
}

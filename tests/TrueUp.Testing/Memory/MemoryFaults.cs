using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Testing.Memory;

/// <summary>Where tests make a store in memory misbehave.</summary>
public sealed class MemoryFaults
{
    /// <summary>
    /// Awaited before every operation, named <c>describe</c>, <c>open</c>, <c>read</c>, <c>apply</c> and so on, and
    /// after
    /// those that commit (<c>begun</c>, <c>applied</c>, <c>proved</c>); may throw.
    /// </summary>
    public Func<string, CancellationToken, ValueTask>? Step { get; set; }

    /// <summary>Called before each reading of rows.</summary>
    public Action? Reading { get; set; }

    /// <summary>Called when a side is opened.</summary>
    public Action? Opening { get; set; }

    /// <summary>Called before each batch is applied; may throw.</summary>
    public Action<ChangeBatch>? Applying { get; set; }

    /// <summary>Called after each batch was applied; may throw or change the table behind the engine's back.</summary>
    public Action<ChangeBatch>? Applied { get; set; }

    /// <summary>Turns a row into another on its way in; null drops it silently.</summary>
    public Func<byte[], byte[]?>? Corrupt { get; set; }

    /// <summary>Whether the target refuses this row.</summary>
    public Func<RowSchema, byte[], bool>? Refuses { get; set; }

    /// <summary>What a reading shows instead of the rows that are there; null shows these.</summary>
    public Func<IReadOnlyList<byte[]>, IReadOnlyList<byte[]>>? Shown { get; set; }

    /// <summary>Whether writers write though a newer one has begun.</summary>
    public bool IgnoresEpoch { get; set; }

    /// <summary>Whether writers write over rows that are not what Compare saw.</summary>
    public bool IgnoresExpected { get; set; }

    internal ValueTask StepAsync(string operation, CancellationToken cancellationToken) =>
        Step is null ? ValueTask.CompletedTask : Step(operation, cancellationToken);
}

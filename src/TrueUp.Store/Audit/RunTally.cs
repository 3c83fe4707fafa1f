using TrueUp.Audit;
using TrueUp.Sides;

namespace TrueUp.Store.Audit;

/// <summary>
/// What a run's summary needs to know of what was recorded on the way. Safe for use by several threads.
/// </summary>
internal sealed class RunTally
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, long> _errors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ErrorType> _lastErrors = [];
    private readonly Dictionary<string, int> _retries = [];
    private readonly HashSet<string> _completed = [];

    public void Error(string unit, ErrorType type)
    {
        lock (_gate)
        {
            var name = type.ToString().ToUpperInvariant();
            _errors[name] = _errors.GetValueOrDefault(name) + 1;
            _lastErrors[unit] = type;
        }
    }

    public void Recovery(AuditRecovery recovery)
    {
        lock (_gate)
        {
            _retries[recovery.Unit] = Math.Max(_retries.GetValueOrDefault(recovery.Unit), recovery.Attempt);
        }
    }

    public void Completed(string unit)
    {
        lock (_gate)
        {
            _completed.Add(unit);
        }
    }

    /// <summary>The type of the last error of a unit.</summary>
    public ErrorType LastError(string unit)
    {
        lock (_gate)
        {
            return _lastErrors.GetValueOrDefault(unit, ErrorType.Unknown);
        }
    }

    /// <summary>The highest attempt at recovering a unit, or 0.</summary>
    public int Retries(string unit)
    {
        lock (_gate)
        {
            return _retries.GetValueOrDefault(unit);
        }
    }

    /// <summary>The units that went through to the end.</summary>
    public IReadOnlyList<string> CompletedUnits()
    {
        lock (_gate)
        {
            return [.. _completed];
        }
    }

    /// <summary>Errors by type, and by category as views and metrics name it (P25).</summary>
    public ErrorCounts Errors()
    {
        lock (_gate)
        {
            var categories = new SortedDictionary<string, long>(StringComparer.Ordinal);
            foreach (var (type, count) in _errors)
            {
                var category = type is "NETWORK" or "API" or "AUTH" or "TIMEOUT" ? "network" : type.ToLowerInvariant();
                categories[category] = categories.GetValueOrDefault(category) + count;
            }
            return new ErrorCounts(new SortedDictionary<string, long>(_errors, StringComparer.Ordinal), categories);
        }
    }

    /// <param name="ByType">Upper case, as in <c>sync_error_log</c>.</param>
    /// <param name="ByCategory">network, validation, database, unknown.</param>
    internal sealed record ErrorCounts(
        IReadOnlyDictionary<string, long> ByType, IReadOnlyDictionary<string, long> ByCategory);
}

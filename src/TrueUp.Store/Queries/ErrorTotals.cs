using TrueUp.Audit;
using TrueUp.Sides;

namespace TrueUp.Store.Queries;

/// <summary>Errors of one kind and severity together.</summary>
/// <param name="Type">The kind.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Count">How many.</param>
public sealed record ErrorTotals(ErrorType Type, Severity Severity, long Count);

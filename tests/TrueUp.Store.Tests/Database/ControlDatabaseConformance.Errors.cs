using FsCheck.Fluent;
using TrueUp.Audit;
using TrueUp.Sides;
using TrueUp.Store.Tests.Testing;

namespace TrueUp.Store.Tests.Database;

/// <summary>How errors are counted.</summary>
public abstract partial class ControlDatabaseConformance
{
    [Fact]
    public void P25_Errors_are_counted_by_category() =>
        Cases.Check(
            Gen.ListOf(Gen.Elements(Enum.GetValues<ErrorType>())),
            async types =>
            {
                await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
                foreach (var type in types)
                {
                    var error = new AuditError("u", type, Severity.High, "It failed.", "Try again.");
                    await run.ErrorAsync(error, CancellationToken.None);
                }
                await run.CompleteAsync(Sample.Outcome(run, Clock), CancellationToken.None);

                var counted = await QueryAsync(
                    $"SELECT error_type, count(*) AS n FROM sync_error_logs WHERE audit_log_id = '{run.RunId}' GROUP BY error_type",
                    row => (row.Text("error_type"), row.Number("n"))
                );

                counted.ShouldBe(types.GroupBy(Category).Select(g => (g.Key, (long)g.Count())), ignoreOrder: true);
            }
        );

    private static string Category(ErrorType type) =>
        type switch
        {
            ErrorType.Network or ErrorType.Api or ErrorType.Auth or ErrorType.Timeout => "network",
            ErrorType.Validation => "validation",
            ErrorType.Database => "database",
            _ => "unknown",
        };
}

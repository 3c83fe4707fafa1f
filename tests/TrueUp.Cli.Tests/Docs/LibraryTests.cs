using Microsoft.Extensions.Logging.Abstractions;
using TrueUp.Connectors.Files;
using TrueUp.Connectors.Sqlite;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Testing;

namespace TrueUp.Cli.Tests.Docs;

/// <summary>The README's five lines, compiled here as they stand there, and run.</summary>
public sealed class LibraryTests
{
    [Fact]
    public async Task The_five_lines_of_the_README_synchronise_and_prove()
    {
        using var folder = new TemporaryFolder();
        folder.Write("sellers.csv", "seller_number,name\nAA12679,Ann\n");
        var pipeline = new PipelineDefinition
        {
            Name = "sellers",
            Source = new SideDefinition("csv").With("path", folder.File("sellers.csv")),
            Target = new SideDefinition("sqlite").With("path", folder.File("sellers.db")).With("table", "sellers"),
            Key = ["seller_number"],
        };
        // README: begin
        var connectors = new ConnectorRegistry([new CsvConnector(), new SqliteConnector()]);
        await using var home = TrueUpHome.Open(folder.File(".trueup"), TimeProvider.System);
        var engine = new SyncEngine(connectors, home.Audit, TimeProvider.System, NullLogger.Instance, home.ReceiptBook);
        var outcome = await engine.RunAsync(pipeline, new RunOptions(), CancellationToken.None);
        Console.WriteLine($"{outcome.Verification.Verdict}: {outcome.Counts.Target} rows, {outcome.Receipt}");
        // README: end
        outcome.Verification.Verdict.ShouldBe(Verdict.Verified);
        File.Exists(outcome.Receipt).ShouldBeTrue();
    }

    [Fact]
    public void The_README_shows_exactly_the_lines_that_are_tested()
    {
        var readme = File.ReadAllText(RepositoryRoot.Combine("README.md"));
        var source = File.ReadAllLines(RepositoryRoot.Combine("tests", "TrueUp.Cli.Tests", "Docs", "LibraryTests.cs"));
        var lines = source
            .SkipWhile(l => !l.Contains("README: begin"))
            .Skip(1)
            .TakeWhile(l => !l.Contains("README: end"))
            .Select(l => l.Trim().Replace("folder.File(\".trueup\")", "\".trueup\""))
            .ToList();
        lines.Count.ShouldBe(5);
        readme.ShouldContain(string.Join('\n', lines));
    }
}

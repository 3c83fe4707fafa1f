using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Store;

namespace TrueUp.Cli.Tests;

/// <summary>Commands that look up what runs left; the runs are written by hand, so that no engine has to run.</summary>
public sealed class LookupTests
{
    private static readonly PipelineDefinition Sellers = new()
    {
        Name = "sellers",
        Source = new SideDefinition("csv"),
        Target = new SideDefinition("sqlite"),
    };

    [Fact]
    public async Task Runs_errors_and_dead_letters_are_listed_and_shown()
    {
        using var cli = new CliRunner();
        var run = await LeaveRunAsync(cli.Home);

        var runs = (await cli.RunAsync("runs", "--pipeline", "sellers", "--json"))
            .ShouldExit(0)
            .Json.GetProperty("result");
        runs.GetProperty("runs")[0].GetProperty("run_id").GetString().ShouldBe(run);
        runs.GetProperty("runs")[0].GetProperty("status").GetString().ShouldBe("completed");
        runs.GetProperty("runs")[0].GetProperty("verdict").GetString().ShouldBe("incomplete");
        (await cli.RunAsync("runs", "--pipeline", "others", "--json"))
            .ShouldExit(0)
            .Json.GetProperty("result")
            .GetProperty("runs")
            .GetArrayLength()
            .ShouldBe(0);

        var shown = (await cli.RunAsync("runs", "show", "last", "--json")).ShouldExit(0).Json.GetProperty("result");
        shown.GetProperty("run").GetProperty("run_id").GetString().ShouldBe(run);
        shown.GetProperty("verification").GetProperty("unproven").GetInt64().ShouldBe(1);

        var errors = (await cli.RunAsync("errors", "--severity", "medium", "--json"))
            .ShouldExit(0)
            .Json.GetProperty("result");
        errors.GetProperty("errors")[0].GetProperty("type").GetString().ShouldBe("validation");

        var letters = (await cli.RunAsync("dead-letters", "list", "--json"))
            .ShouldExit(0)
            .Json.GetProperty("result")
            .GetProperty("dead_letters");
        letters[0].GetProperty("key").GetString().ShouldBe("X1");
        letters[0].GetProperty("state").GetString().ShouldBe("pending");
        var id = letters[0].GetProperty("id").GetInt64().ToString();

        (await cli.RunAsync("dead-letters", "show", id)).ShouldExit(0).Error.ShouldContain("X1,nobody");
        (await cli.RunAsync("dead-letters", "discard", id, "--reason", "a test"))
            .ShouldExit(0)
            .Error.ShouldContain("1 discarded");
        (await cli.RunAsync("dead-letters", "discard", id, "--reason", "again"))
            .ShouldExit(0)
            .Error.ShouldContain("1 were settled already");
        (await cli.RunAsync("dead-letters", "list")).ShouldExit(0).Error.ShouldContain("0 dead letters.");
        (await cli.RunAsync("dead-letters", "list", "--all")).ShouldExit(0).Error.ShouldContain("discarded");
        (await cli.RunAsync("dead-letters", "show", "4711")).ShouldExit(2);
        (await cli.RunAsync("runs", "show", "nothing")).ShouldExit(2);
    }

    [Fact]
    public async Task The_lists_for_people_look_like_this()
    {
        using var cli = new CliRunner();
        await LeaveRunAsync(cli.Home);

        var text = "";
        foreach (string line in (string[])["runs", "runs show last", "errors", "dead-letters list"])
        {
            text += $"$ trueup {line}\n{(await cli.RunAsync(line.Split(' '))).ShouldExit(0).Error}\n";
        }

        Golden.ShouldMatch("lists.txt", cli.Normalise(text));
    }

    [Fact]
    public async Task A_home_that_cannot_be_used_is_the_environments_fault()
    {
        using var cli = new CliRunner();
        cli.Write(
            "data/trueup.db",
            "this is no database, however long one looks at it, and looks, and looks, and looks, and looks again"
        );

        var json = (await cli.RunAsync("runs", "--json")).ShouldExit(3).Json;

        json.GetProperty("error").GetProperty("suggestion").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_receipt_is_shown_by_its_file()
    {
        using var cli = new CliRunner();
        cli.Write("r.json", """{"run_id": "x", "verification": {"verdict": "verified"}}""");
        cli.Write("broken.json", "{");

        (await cli.RunAsync("receipt", "show", "r.json"))
            .ShouldExit(0)
            .Error.ShouldContain("verification.verdict: verified");
        (await cli.RunAsync("receipt", "show", "r.json", "--json"))
            .ShouldExit(0)
            .Json.GetProperty("result")
            .GetProperty("receipt")
            .GetProperty("run_id")
            .GetString()
            .ShouldBe("x");
        (await cli.RunAsync("receipt", "show", "broken.json")).ShouldExit(1).Error.ShouldContain("is no receipt");
    }

    private static async Task<string> LeaveRunAsync(string folder)
    {
        await using var home = TrueUpHome.Open(folder, TimeProvider.System);
        await using var audit = await home.Audit.StartAsync(
            new RunStart(Sellers, TriggerSource.Manual, "ann", VerifyOnly: false, DateTimeOffset.UnixEpoch),
            CancellationToken.None
        );
        await audit.ErrorAsync(
            new AuditError("", ErrorType.Validation, Severity.Medium, "One record is wrong.", "Correct it.")
            {
                Key = "X1",
            },
            CancellationToken.None
        );
        await audit.DeadLetterAsync(
            new DeadLetter("", "X1", "invalid_format", "number format: not AA and digits")
            {
                Column = "seller_number",
                Line = 7,
                Raw = "X1,nobody",
            },
            CancellationToken.None
        );
        var outcome = new UnitOutcome("")
        {
            Status = RunStatus.Completed,
            Counts = new RunCounts
            {
                Source = 5,
                Target = 4,
                Created = 4,
                Skipped = 1,
            },
            Verification = new Verification { Verdict = Verdict.Incomplete, Unproven = 1 },
        };
        await audit.UnitAsync(outcome, CancellationToken.None);
        await audit.CompleteAsync(
            new RunOutcome
            {
                RunId = audit.RunId,
                Pipeline = "sellers",
                Status = outcome.Status,
                Counts = outcome.Counts,
                Verification = outcome.Verification,
                Units = [outcome],
                StartedAt = DateTimeOffset.UnixEpoch,
                FinishedAt = DateTimeOffset.UnixEpoch.AddSeconds(1),
            },
            CancellationToken.None
        );
        return audit.RunId;
    }
}

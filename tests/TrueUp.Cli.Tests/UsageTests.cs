namespace TrueUp.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("nothing", "")]
    [InlineData("unknown-command", "rnu sellers.yaml")]
    [InlineData("unknown-option", "run --dryrun sellers.yaml")]
    [InlineData("missing-argument", "run")]
    [InlineData("too-much", "run a.yaml b.yaml")]
    [InlineData("group", "dead-letters")]
    [InlineData("missing-option", "dead-letters discard 17")]
    [InlineData("bad-choice", "runs --status complete")]
    [InlineData("bad-limit", "runs --limit 0")]
    [InlineData("bad-time", "errors --since yesterday")]
    [InlineData("no-home", "runs")]
    [InlineData("no-receipt", "receipt show last")]
    [InlineData("no-file", "run none.yaml")]
    public async Task A_wrong_command_line_exits_2_and_says_what_to_do(string name, string line)
    {
        using var cli = new CliRunner();
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var human = (await cli.RunAsync(words)).ShouldExit(2);
        var json = (await cli.RunAsync([.. words, "--json"])).ShouldExit(2);

        human.Output.ShouldBeEmpty();
        json.Error.ShouldBeEmpty();
        Golden.ShouldMatch($"usage-{name}.txt", cli.Normalise($"{human.Error}{json.Output}"));
    }

    [Fact]
    public async Task Quiet_silences_all_but_errors()
    {
        using var cli = new CliRunner();

        (await cli.RunAsync("init", "--quiet")).ShouldExit(0).Error.ShouldBeEmpty();
        (await cli.RunAsync("init", "--quiet")).ShouldExit(2).Error.ShouldContain("sellers.yaml");
    }

    [Fact]
    public async Task A_file_that_begins_with_a_dash_can_be_named_behind_two() =>
        (await new CliRunner().RunAsync("run", "--", "-x.yaml"))
            .ShouldExit(2)
            .Error.ShouldContain("There is no file -x.yaml.");
}

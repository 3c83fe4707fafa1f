namespace TrueUp.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("run")]
    [InlineData("verify")]
    [InlineData("undo")]
    [InlineData("init")]
    [InlineData("doctor")]
    [InlineData("status")]
    [InlineData("runs")]
    [InlineData("runs show")]
    [InlineData("errors")]
    [InlineData("dead-letters")]
    [InlineData("dead-letters list")]
    [InlineData("dead-letters show")]
    [InlineData("dead-letters retry")]
    [InlineData("dead-letters discard")]
    [InlineData("receipt")]
    [InlineData("receipt list")]
    [InlineData("receipt show")]
    [InlineData("receipt check")]
    [InlineData("receipt rotate-key")]
    [InlineData("version")]
    [InlineData("serve")]
    [InlineData("trigger")]
    [InlineData("cancel")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("config")]
    [InlineData("config list")]
    [InlineData("config set")]
    [InlineData("config unset")]
    [InlineData("config history")]
    [InlineData("config revert")]
    [InlineData("key")]
    [InlineData("key create")]
    [InlineData("key list")]
    [InlineData("key rotate")]
    [InlineData("key revoke")]
    public async Task A_command_explains_itself(string command)
    {
        using var cli = new CliRunner();
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var result = (await cli.RunAsync([.. words, "--help"])).ShouldExit(0);

        result.Error.ShouldBeEmpty();
        Golden.ShouldMatch($"help-{(command.Length == 0 ? "trueup" : command.Replace(' ', '-'))}.txt", result.Output);
    }

    [Fact]
    public async Task Help_is_given_even_where_an_argument_is_missing() =>
        (await new CliRunner().RunAsync("run", "-h")).ShouldExit(0).Output.ShouldContain("<FILE>");

    [Fact]
    public async Task The_version_is_one_line()
    {
        using var cli = new CliRunner();

        var plain = (await cli.RunAsync("--version")).ShouldExit(0).Output;
        var slow = (await cli.RunAsync("--version", "--quiet")).ShouldExit(0).Output;

        plain.ShouldMatch(@"^\d+\.\d+\.\d+\n$");
        slow.ShouldBe(plain);
    }

    [Fact]
    public async Task The_version_command_has_a_result()
    {
        using var cli = new CliRunner();

        var json = (await cli.RunAsync("version", "--json")).ShouldExit(0).Json;

        json.GetProperty("command").GetString().ShouldBe("version");
        json.GetProperty("ok").GetBoolean().ShouldBeTrue();
        json.GetProperty("result").GetProperty("version").GetString().ShouldNotBeNullOrEmpty();
        json.GetProperty("error").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }
}

namespace TrueUp.Cli.Tests;

public sealed class PipelineFileTests
{
    private const string TenMistakes = """
        nam: sellers
        source: {type: carrier-pigeon, path: sellers.csv}
        target: {type: http, url: somewhere}
        mode: mirorr
        schedule: {every: 15s}
        rules:
          - {name: format, column: number, matches: '^AA(\d+$'}
          - {name: given, colum: name, required: true}
        verify: {attempts: 0}
        retry: {initial: soon}
        audit: {records: some}

        """;

    [Theory]
    [InlineData("run")]
    [InlineData("verify")]
    [InlineData("doctor")]
    public async Task All_mistakes_of_a_file_are_told_at_once(string command)
    {
        using var cli = new CliRunner();
        cli.Write("sellers.yaml", TenMistakes);

        var human = (await cli.RunAsync(command, "sellers.yaml")).ShouldExit(2);
        var json = (await cli.RunAsync(command, "sellers.yaml", "--json")).ShouldExit(2);

        json.Json.GetProperty("error").GetProperty("findings").GetArrayLength().ShouldBe(10);
        human.Output.ShouldBeEmpty();
        // Which types there are depends on what is built in.
        var text = System.Text.RegularExpressions.Regex.Replace(
            $"{human.Error}{json.Output}",
            @"(Known|Available) are: [^.]*\.|There is none in this program\.",
            "{types}"
        );
        if (command != "doctor")
        {
            Golden.ShouldMatch($"findings-{command}.txt", cli.Normalise(text));
        }

        Directory.Exists(cli.Home).ShouldBeFalse("a pipeline that cannot run leaves no trail");
    }

    [Fact]
    public async Task Control_characters_of_a_file_do_not_reach_the_terminal()
    {
        using var cli = new CliRunner();
        cli.Write("p.yaml", "name: a\n\"k\\e[31my\": 1\n");

        (await cli.RunAsync("run", "p.yaml")).ShouldExit(2).Error.ShouldNotContain('\e');
    }
}

using System.Text.Json;

namespace TrueUp.Cli.Tests.Remote;

/// <summary>Commands against a server: what they list is what they list of its home.</summary>
public sealed partial class RemoteTests(RemoteServer server) : IClassFixture<RemoteServer>
{
    [Theory]
    [InlineData("runs", "runs", "success_count")]
    [InlineData("runs --pipeline sellers --status completed --since 1h --until 2999-01-01", "runs", "success_count")]
    [InlineData("errors --limit 100", "errors", "")]
    [InlineData("errors --type network", "errors", "")]
    [InlineData("errors --key X1 --severity medium --open", "errors", "")]
    [InlineData("errors --pipeline broken", "errors", "")]
    [InlineData("status", "pipelines", "proven_by")]
    [InlineData("status sellers", "pipelines", "proven_by")]
    public async Task A_list_has_the_members_and_forms_of_the_home(string line, string list, string absent)
    {
        var words = line.Split(' ');

        var asked = (await server.AskAsync([.. words, "--json"])).ShouldExit(0).Json.GetProperty("result");
        var looked = (await server.LookAsync([.. words, "--json"])).ShouldExit(0).Json.GetProperty("result");

        Names(asked).ShouldBe(Names(looked));
        var (theirs, ours) = (asked.GetProperty(list), looked.GetProperty(list));
        theirs.GetArrayLength().ShouldBe(ours.GetArrayLength());
        ours.GetArrayLength().ShouldBeGreaterThan(0);
        foreach (var (their, our) in theirs.EnumerateArray().Zip(ours.EnumerateArray()))
        {
            Names(our).Except(Names(their)).ShouldBe(absent.Length == 0 ? [] : [absent]);
            foreach (var member in our.EnumerateObject().Where(member => member.Name != absent))
            {
                Text(member.Name, their).ShouldBe(Text(member.Name, our), member.Name);
            }
        }
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("errors --limit 10")]
    public async Task People_get_the_table_of_the_home(string line)
    {
        var words = line.Split(' ');

        var asked = (await server.AskAsync(words)).ShouldExit(0).Error;

        asked.ShouldBe((await server.LookAsync(words)).ShouldExit(0).Error);
        asked.ShouldContain(line == "runs" ? "completed" : "high");
    }

    [Fact]
    public async Task Errors_of_the_last_run_are_those_of_the_newest()
    {
        var job = (await server.AskAsync("trigger", "broken", "--wait", "--json")).ShouldExit(1).Json;
        var run = job.GetProperty("result").GetProperty("run_id").GetString();

        var asked = (await server.AskAsync("errors", "--run", "last", "--json")).ShouldExit(0).Json;

        var errors = asked.GetProperty("result").GetProperty("errors");
        errors.GetArrayLength().ShouldBe(1);
        errors[0].GetProperty("run_id").GetString().ShouldBe(run);
        errors[0].GetProperty("message").GetString()!.ShouldContain("missing.csv");
    }

    [Fact]
    public async Task Status_has_what_only_a_server_knows()
    {
        var (table, json) = (await server.AskAsync("status"), await server.AskAsync("status", "--json"));

        table.Error.ShouldMatch(@"old +removed +\d{4}-\d\d-\d\d [\d:]+Z +completed +incomplete +never");
        table.Error.ShouldMatch("broken +failed +never +failed");
        table.Error.ShouldContain("3 pipelines.");
        var broken = json.ShouldExit(0).Json.GetProperty("result").GetProperty("pipelines")[0];
        broken.GetProperty("pipeline").GetString().ShouldBe("broken");
        broken.GetProperty("state").GetString().ShouldBe("failed");
        broken.GetProperty("mode").GetString().ShouldBe("mirror");
        broken.GetProperty("source").GetString().ShouldBe("csv");
        broken.GetProperty("next_fires").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("sell", "pipeline_unknown")]
    [InlineData("..", "bad_name")]
    public async Task Status_of_a_pipeline_there_is_not_exits_2(string name, string code)
    {
        var asked = (await server.AskAsync("status", name, "--json")).ShouldExit(2).Json.GetProperty("error");

        asked.GetProperty("code").GetString().ShouldBe(code);
        (await server.LookAsync("status", name)).ShouldExit(2);
    }

    [Fact]
    public async Task More_than_a_server_gives_at_once_is_read_page_by_page()
    {
        string[] words = ["errors", "--run", server.OldRun, "--json"];

        var first = (await server.AskAsync([.. words, "--limit", "1100"])).ShouldExit(0).Json.GetProperty("result");
        var next = first.GetProperty("next").GetString()!;
        var rest = (await server.AskAsync([.. words, "--limit", "10000", "--after", next]))
            .ShouldExit(0)
            .Json.GetProperty("result");

        var ids = Ids(first).Concat(Ids(rest)).ToList();
        Ids(first).Count().ShouldBe(1100);
        ids.Count.ShouldBe(RemoteServer.OldErrors);
        ids.ShouldBeUnique();
        ids.ShouldBeInOrder(SortDirection.Descending);
        rest.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Runs_of_a_record_are_refused_with_what_to_ask_instead()
    {
        var error = (await server.AskAsync("runs", "--key", RemoteServer.Key, "--json"))
            .ShouldExit(2)
            .Json.GetProperty("error");

        error.GetProperty("code").GetString().ShouldBe("option_needs_home");
        error.GetProperty("suggestion").GetString()!.ShouldContain("trueup errors --key X1");
    }

    [Fact]
    public async Task The_server_and_the_key_can_be_named()
    {
        var file = server.Write("key", server.AdminKey + "\n");

        (await server.LookAsync("runs", "--server", server.Url, "--key-file", file))
            .ShouldExit(0)
            .Error.ShouldContain("sellers");
        (await server.LookAsync("runs", "--server", server.Url)).ShouldExit(3).Error.ShouldContain("$TRUEUP_KEY");
        (await server.LookAsync("runs", "--server", server.Nowhere)).ShouldExit(3).Error.ShouldContain("No server");
        (await server.LookAsync("runs", "--server", "here")).ShouldExit(2);
    }

    private static IEnumerable<string> Names(JsonElement item) => item.EnumerateObject().Select(member => member.Name);

    /// <summary>A member as it is written; of an age only that there is one.</summary>
    private static string Text(string name, JsonElement item) =>
        name == "proof_age_seconds" ? $"{item.GetProperty(name).ValueKind}" : item.GetProperty(name).GetRawText();

    private static IEnumerable<long> Ids(JsonElement result) =>
        result.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("id").GetInt64());
}

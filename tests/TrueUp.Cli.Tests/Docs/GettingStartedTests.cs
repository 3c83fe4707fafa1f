using System.Text.RegularExpressions;
using TrueUp.Cli.Tests.Samples;
using TrueUp.Testing;

namespace TrueUp.Cli.Tests.Docs;

/// <summary>A newcomer who types what the page shows gets what it says.</summary>
public sealed partial class GettingStartedTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "getting-started.md"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_commands_of_the_page_work_one_after_the_other()
    {
        var commands = string.Join('\n', ShellBlock().Matches(Page).Select(block => block.Groups[1].Value));
        const string Prelude = "set -eu\ntrueup() { dotnet \"$TRUEUP_BIN/TrueUp.Cli.dll\" \"$@\"; }\n";

        var (exitCode, output) = await Script.RunAsync(_folder.Path, "bash", "-c", Prelude + commands);

        exitCode.ShouldBe(0, output);
        output.ShouldContain("not equal");
        output.ShouldContain("AA10003");
        output.ShouldContain("repaired");
        output.ShouldContain("not all of it is proven");
        output.ShouldContain("AA10006");
        output.ShouldContain("\"verdict\":\"verified\"");
    }

    [Fact]
    public void Every_page_it_points_to_is_there()
    {
        var missing = Link()
            .Matches(Page)
            .Select(link => link.Groups[1].Value)
            .Where(link => !link.Contains("://") && !File.Exists(RepositoryRoot.Combine("docs", link)));

        missing.ShouldBeEmpty();
    }

    [GeneratedRegex(@"^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();
}

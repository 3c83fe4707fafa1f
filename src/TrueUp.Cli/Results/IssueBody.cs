using TrueUp.Runs;

namespace TrueUp.Cli.Results;

/// <summary>A record that broke a rule.</summary>
internal sealed record IssueBody(string Type, string Key, string? Field, string Reason)
{
    /// <summary>The JSON form of an issue.</summary>
    public static IssueBody Of(IntegrityIssue issue) => new(issue.Type, issue.Key, issue.Field, issue.Reason);
}

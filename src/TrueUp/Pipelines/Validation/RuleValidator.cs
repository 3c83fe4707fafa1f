using System.Globalization;
using System.Text.RegularExpressions;

namespace TrueUp.Pipelines.Validation;

/// <summary>Rules: each has one check that can be evaluated.</summary>
internal sealed class RuleValidator : IPipelineValidator
{
    private const int RulesMax = 500;
    private const int PatternMax = 2000;
    private const string Checks = "required, matches, min, max, one_of, unique or exists";

    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    public IEnumerable<Finding> Check(PipelineDefinition pipeline)
    {
        if (pipeline.Rules.Count > RulesMax)
        {
            return
            [
                PipelineValidation.Error(
                    "rules",
                    "bad_value",
                    $"There are more than {RulesMax} rules.",
                    "Split the pipeline."
                ),
            ];
        }
        return
        [
            .. pipeline.Rules.SelectMany((rule, index) => Rule(rule, $"rules[{index}]")),
            .. SameNames(pipeline.Rules),
        ];
    }

    private static IEnumerable<Finding> Rule(RuleDefinition rule, string path)
    {
        if (rule.Name.Length is 0 or > 200)
        {
            yield return PipelineValidation.Error(
                $"{path}.name",
                "bad_value",
                "A rule's name has 1 to 200 characters.",
                "Say what the rule checks."
            );
        }
        int checks =
            (rule.Required ? 1 : 0)
            + (rule.Matches is null ? 0 : 1)
            + (rule.Min is null && rule.Max is null ? 0 : 1)
            + (rule.OneOf.Count == 0 ? 0 : 1)
            + (rule.Unique ? 1 : 0)
            + (rule.Exists is null ? 0 : 1);
        if (checks == 0)
        {
            yield return PipelineValidation.Error(
                path,
                "missing_key",
                $"The rule `{rule.Name}` checks nothing.",
                $"Add {Checks}."
            );
        }
        if (checks > 1)
        {
            yield return PipelineValidation.Error(
                path,
                "bad_combination",
                $"The rule `{rule.Name}` has {checks} checks.",
                "Write one rule for each check, so that each failure has its own name."
            );
        }
        if (
            rule.Exists is { } exists
            && (!PipelineValidation.IsName(exists.Table) || !PipelineValidation.IsName(exists.Column))
        )
        {
            yield return PipelineValidation.Error(
                $"{path}.exists",
                "bad_value",
                $"`{path}.exists` names no table or no column.",
                "Write `exists: {table: properties, column: seller_number}`."
            );
        }
        else if (string.IsNullOrEmpty(rule.Column))
        {
            yield return PipelineValidation.Error(
                $"{path}.column",
                "missing_key",
                $"The rule `{rule.Name}` names no column.",
                "Add `column: ` and the column's name on the target."
            );
        }
        if (rule.Matches is { } pattern && PatternProblem(pattern) is { } problem)
        {
            yield return PipelineValidation.Error(
                $"{path}.matches",
                "bad_value",
                $"`{path}.matches` is no regular expression: {problem}",
                "Correct the pattern; put it in single quotes so that YAML leaves backslashes alone."
            );
        }
        if (Number(rule.Min) is { } min && Number(rule.Max) is { } max && min > max)
        {
            yield return PipelineValidation.Error(
                $"{path}.min",
                "bad_value",
                $"The rule `{rule.Name}` has a min above its max.",
                "Swap them."
            );
        }
    }

    private static IEnumerable<Finding> SameNames(IReadOnlyList<RuleDefinition> rules) =>
        from rule in rules.Select((rule, index) => (rule.Name, Index: index))
        where rule.Name.Length > 0
        group rule by rule.Name into same
        from later in same.Skip(1)
        select PipelineValidation.Error(
            $"rules[{later.Index}].name",
            "duplicate_name",
            $"There is already a rule `{same.Key}`.",
            "Give each rule a name of its own: failures are counted by name."
        );

    private static string? PatternProblem(string pattern)
    {
        if (pattern.Length > PatternMax)
        {
            return $"it is longer than {PatternMax} characters.";
        }
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, PatternTime);
            return null;
        }
        catch (RegexParseException exception)
        {
            // The error's name is a sentence in one word: InsufficientClosingParentheses.
            var words = string.Concat(
                exception.Error.ToString().Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}")
            );
            return $"{words.TrimStart()} at character {exception.Offset + 1}.";
        }
    }

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}

using System.Globalization;
using TrueUp.Pipelines.Reading;
using TrueUp.Sides;

namespace TrueUp.Pipelines.Validation;

/// <summary>The types of both sides and their options, as far as that needs no connection.</summary>
internal sealed class SideValidator(ConnectorRegistry connectors) : IPipelineValidator
{
    /// <summary>Types of the pipeline file for which a program need not have a connector.</summary>
    private static readonly string[] Planned = ["google-sheets", "http", "starrocks", "dynamodb", "s3"];

    public IEnumerable<Finding> Check(PipelineDefinition pipeline) =>
        [.. Side(pipeline.Source, SideRole.Source), .. Side(pipeline.Target, SideRole.Target), .. SelfTest(pipeline)];

    private IEnumerable<Finding> SelfTest(PipelineDefinition pipeline)
    {
        if (
            pipeline.Verify.SelfTest != SelfTestPolicy.Off
            && connectors.Find(pipeline.Target.Type, SideRole.Target) is { } connector
            && connector.Canary(pipeline.Target, ICanaryTarget.NamePrefix) is null
        )
        {
            yield return PipelineValidation.Error(
                "verify.self_test",
                "not_available",
                $"The verifier cannot test itself on a target of type '{pipeline.Target.Type}'.",
                "Remove `self_test`."
            );
        }
    }

    private IEnumerable<Finding> Side(SideDefinition side, SideRole role)
    {
        var place = role == SideRole.Source ? "source" : "target";
        if (connectors.Find(side.Type, role) is not { } connector)
        {
            return [UnknownType(side.Type, role, place)];
        }
        var options = connector.Options(side.Type, role);
        var names = options.Select(o => o.Name).ToList();
        var unknown = side.Options.Keys.Except(names).ToList();
        // A required option that is misspelt is one mistake, not two.
        var meant = unknown.Select(k => Spelling.Nearest(k, names)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var findings = options
            .Where(o => side[o.Name] is not null || !meant.Contains(o.Name))
            .SelectMany(o => Option(side, o, place))
            .Concat(unknown.Select(k => UnknownOption(k, side, names, place)))
            .ToList();
        // What is already known to be wrong is taken out, so that the connector can look at the rest.
        var wrong = findings
            .Select(f => f.Path!)
            .Concat(meant.Select(m => $"{place}.{m}"))
            .ToHashSet(StringComparer.Ordinal);
        var rest = findings.Aggregate(side, (s, f) => s.Without(f.Path![(place.Length + 1)..]));
        findings.AddRange(
            connector
                .Validate(rest, role)
                .Select(f => f with { Path = Below(place, f.Path) })
                .Where(f => !wrong.Contains(f.Path!))
        );
        return findings;
    }

    private static string Below(string place, string? path) =>
        path switch
        {
            null or "" => place,
            _ when path == place || path.StartsWith(place + ".", StringComparison.Ordinal) => path,
            _ => $"{place}.{path}",
        };

    private Finding UnknownType(string type, SideRole role, string place)
    {
        var known = connectors.Types(role);
        if (Planned.Contains(type))
        {
            return PipelineValidation.Error(
                $"{place}.type",
                "not_available",
                $"`{type}` is not available in this version.",
                $"Available are: {string.Join(", ", known)}."
            );
        }
        var other = role == SideRole.Source ? SideRole.Target : SideRole.Source;
        return connectors.Find(type, other) is null
            ? PipelineValidation.Error(
                $"{place}.type",
                "unknown_type",
                $"There is no {place} of type `{type}`.",
                Spelling.Suggest(type, known)
            )
            : PipelineValidation.Error(
                $"{place}.type",
                "unknown_type",
                $"`{type}` cannot be a {place}.",
                $"Known are: {string.Join(", ", known)}."
            );
    }

    private static Finding UnknownOption(string name, SideDefinition side, IReadOnlyList<string> names, string place) =>
        PipelineValidation.Error(
            $"{place}.{name}",
            "unknown_key",
            $"`{name}` is no key of a {place} of type {side.Type}.",
            Spelling.Suggest(name, names)
        );

    private static IEnumerable<Finding> Option(SideDefinition side, SideOption option, string place)
    {
        var path = $"{place}.{option.Name}";
        if (side[option.Name] is not { } text)
        {
            return option.Required
                ?
                [
                    PipelineValidation.Error(
                        path,
                        "missing_key",
                        $"`{option.Name}` is missing in `{place}`.",
                        Example(option)
                    ),
                ]
                : [];
        }
        if (option.Choices is { } choices && !choices.Contains(text))
        {
            return
            [
                PipelineValidation.Error(
                    path,
                    "bad_value",
                    $"`{path}` has an unknown value.",
                    Spelling.Suggest(text, choices)
                ),
            ];
        }
        return option.Kind switch
        {
            SideOptionKind.Number
                when !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) =>
            [
                PipelineValidation.Error(path, "bad_value", $"`{path}` is not a whole number.", Example(option)),
            ],
            SideOptionKind.Flag when !bool.TryParse(text, out _) =>
            [
                PipelineValidation.Error(path, "bad_value", $"`{path}` is not a truth value.", "Write true or false."),
            ],
            SideOptionKind.Path when text.Length == 0 || text.Contains('\0') =>
            [
                PipelineValidation.Error(path, "bad_value", $"`{path}` is not a path.", Example(option)),
            ],
            _ => [],
        };
    }

    private static string Example(SideOption option) =>
        option.Example is { } example ? $"Write, for example, `{option.Name}: {example}`." : option.Description;
}

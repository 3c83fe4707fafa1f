using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TrueUp.Pipelines;

namespace TrueUp.Server.Api.Conventions;

/// <summary>
/// Refuses queries with parameters an endpoint does not have, has twice, or cannot read, all findings at once: a
/// filter that is misspelt must not look as if it had found something.
/// </summary>
internal static class QueryChecks
{
    private const int FindingsMax = 20;
    private const int ShownMax = 60;

    /// <summary>
    /// Checks the queries of every endpoint of a group, after authorization and before anything is read.
    /// </summary>
    public static void CheckQueries(this RouteGroupBuilder group) =>
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is not { } handle)
            {
                return;
            }
            var parameters = Of((RouteEndpointBuilder)endpoint);
            endpoint.Metadata.Add(new QueryParameters(parameters));
            endpoint.RequestDelegate = context =>
                Check(context.Request.Query, parameters) is { Count: > 0 } findings
                    ? Problems.BadRequest(findings).ExecuteAsync(context)
                    : handle(context);
        });

    /// <summary>What is wrong with a query.</summary>
    internal static List<Finding> Check(IQueryCollection query, IReadOnlyDictionary<string, QueryParameter> parameters)
    {
        var findings = new List<Finding>();
        foreach (var (name, values) in query.Take(FindingsMax))
        {
            if (!parameters.TryGetValue(name, out var parameter))
            {
                findings.Add(Unknown(name, parameters));
            }
            else if (values.Count != 1)
            {
                findings.Add(
                    new Finding("repeated_parameter", $"{name} is given {values.Count} times.", "Give it once.")
                    {
                        Path = parameter.Name,
                    }
                );
            }
            else if (parameter.Check(values[0] ?? "") is { } finding)
            {
                findings.Add(finding);
            }
        }
        return findings;
    }

    private static Finding Unknown(string name, IReadOnlyDictionary<string, QueryParameter> parameters)
    {
        var shown = name.Length > ShownMax ? name[..ShownMax] + "…" : name;
        return new Finding(
            "unknown_parameter",
            $"There is no parameter {shown}.",
            parameters.Count == 0
                ? "Leave it out: there are no parameters here."
                : $"There are: {string.Join(", ", parameters.Values.Select(p => p.Name))}."
        )
        {
            Path = shown,
        };
    }

    private static Dictionary<string, QueryParameter> Of(RouteEndpointBuilder endpoint)
    {
        var route = endpoint.RoutePattern.Parameters.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var method = endpoint.Metadata.OfType<MethodInfo>().FirstOrDefault();
        return (method?.GetParameters() ?? [])
            .Where(p => !route.Contains(p.Name!) && IsQuery(p.ParameterType))
            .Where(p => p.GetCustomAttribute<FromHeaderAttribute>() is null)
            .Select(p => new QueryParameter(
                p.GetCustomAttribute<FromQueryAttribute>()?.Name ?? p.Name!,
                p.ParameterType
            ))
            .ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsQuery(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return value == typeof(string)
            || value.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>));
    }
}

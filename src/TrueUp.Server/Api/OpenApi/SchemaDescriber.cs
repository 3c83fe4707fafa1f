using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Api.Jobs;

namespace TrueUp.Server.Api.OpenApi;

/// <summary>Adds to schemas what converters of values hide, and that answers always have all their members.</summary>
internal static class SchemaDescriber
{
    public static Task DescribeAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var type = context.JsonTypeInfo.Type;
        if (Nullable.GetUnderlyingType(type) is { } bare && bare == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
        }
        else if (type == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = "date-time";
        }
        else if (type.IsAssignableTo(typeof(IEnumerable<DateTimeOffset>)))
        {
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" };
        }
        else if (context.JsonPropertyInfo?.CustomConverter is TextOrNumberConverter)
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Null;
        }
        else if (IsAnswer(type) && schema.Properties is { Count: > 0 } members)
        {
            schema.Required = members.Keys.ToHashSet(StringComparer.Ordinal);
        }
        else if (type.IsAssignableTo(typeof(IRequestBody)))
        {
            // A constructor's parameters look required and are not.
            var required = context.JsonTypeInfo.Properties.Where(p => p.IsRequired).Select(p => p.Name).ToHashSet();
            schema.Required = required.Count == 0 ? null : required;
        }
        if (type == typeof(TriggerBody) && context.JsonPropertyInfo is null)
        {
            schema.Examples =
            [
                new JsonObject
                {
                    ["entity_type"] = "sellers",
                    ["priority"] = "HIGH",
                    ["reason"] = "seller AA12679 is missing",
                },
            ];
        }
        return Task.CompletedTask;
    }

    // Problems leave out what does not apply.
    private static bool IsAnswer(Type type) =>
        type != typeof(ProblemBody)
        && !type.IsAssignableTo(typeof(IRequestBody))
        && type.Namespace is { } name
        && (
            name.StartsWith("TrueUp.Server.Api", StringComparison.Ordinal)
            || name.StartsWith("TrueUp.Store", StringComparison.Ordinal)
        );
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.OpenApi;

/// <summary>
/// Adds to an operation what its code alone does not tell: the role it needs, what its query may hold.
/// </summary>
internal static class OperationDescriber
{
    public static Task DescribeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy is { } role)
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(ApiDocument.Scheme, context.Document)] = [],
                },
            ];
            operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
            operation.Extensions["x-role"] = new JsonNodeExtension(JsonValue.Create(role));
        }
        var queries = metadata.OfType<QueryParameters>().FirstOrDefault();
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (queries?.ByName.GetValueOrDefault(parameter.Name ?? "") is { } query)
            {
                parameter.Schema = SchemaOf(query) ?? parameter.Schema;
            }
        }
        return Task.CompletedTask;
    }

    private static OpenApiSchema? SchemaOf(QueryParameter query)
    {
        if (query.Type == typeof(string))
        {
            return new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = QueryParameter.TextMax };
        }
        var type = Nullable.GetUnderlyingType(query.Type) ?? query.Type;
        if (type == typeof(Limit))
        {
            return new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = "1",
                Maximum = $"{Limit.Max}",
                Default = JsonValue.Create(Limit.Default),
            };
        }
        if (type == typeof(Moment))
        {
            return new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" };
        }
        return query.Choices is { } choices
                ? new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Enum = [.. choices.Select(choice => (JsonNode)JsonValue.Create(choice))],
                }
            : type == typeof(bool) ? null
            : new OpenApiSchema { Type = JsonSchemaType.String, Description = query.Expected };
    }
}

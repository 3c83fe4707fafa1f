using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace TrueUp.Server.Api.OpenApi;

/// <summary>The API's own description: OpenAPI 3.1 at <c>/openapi/v1.json</c>, open to everybody.</summary>
/// <remarks>It is made when it is first asked for, so that it costs nothing at the start.</remarks>
internal static class ApiDocument
{
    /// <summary>The name of the way to prove who one is.</summary>
    public const string Scheme = "ApiKey";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.AddDocumentTransformer(DescribeAsync);
                options.AddOperationTransformer(OperationDescriber.DescribeAsync);
                options.AddSchemaTransformer(SchemaDescriber.DescribeAsync);
            }
        );

    public static void MapApiDocument(this WebApplication app) =>
        // It holds nothing that is not in the documentation.
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    private static Task DescribeAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = "TrueUp",
            Version = "v1",
            Description = "A sync you can prove: what runs, what it did, what it proved, and what to do about it.",
        };
        // Where the server is, its reader knows.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        // Parameters say their choices themselves.
        foreach (var name in document.Components.Schemas?.Keys.Where(IsOfParameters).ToList() ?? [])
        {
            document.Components.Schemas!.Remove(name);
        }
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key: Authorization: Bearer KEY. Make one with: trueup key create.",
            },
        };
        return Task.CompletedTask;
    }

    private static bool IsOfParameters(string schema) => schema.StartsWith("ChoiceOf", StringComparison.Ordinal);
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Server.Api.Config;
using TrueUp.Server.Api.PipelineFiles;
using TrueUp.Server.Security.Endpoints;
using TrueUp.Server.Security.Requests;

namespace TrueUp.Server.Api;

/// <summary>The HTTP API: its conventions, and the list of its resources.</summary>
internal static class ApiSetup
{
    /// <summary>Names in snake_case, states in upper case, problem details, unknown members refused.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services) =>
        services
            .AddProblemDetails()
            .ConfigureHttpJsonOptions(options =>
            {
                var json = options.SerializerOptions;
                json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
                json.DictionaryKeyPolicy = null;
                json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
                json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper));
            });

    /// <summary>Every resource below <c>/api/v1</c>, one class each.</summary>
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").AddEndpointFilter<RouteGroupBuilder, ChangeRecorder>();
        ConfigApi.Map(api);
        AuthResource.Map(api);
        KeysResource.Map(api);
        UsersResource.Map(api);
        AuditResource.Map(api);
        PipelineFileApi.Map(api);
    }
}

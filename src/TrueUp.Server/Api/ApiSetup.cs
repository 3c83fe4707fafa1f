using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Server.Api.Access;
using TrueUp.Server.Api.Config;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Api.DeadLetters;
using TrueUp.Server.Api.Errors;
using TrueUp.Server.Api.Jobs;
using TrueUp.Server.Api.Monitoring;
using TrueUp.Server.Api.Nodes;
using TrueUp.Server.Api.OpenApi;
using TrueUp.Server.Api.PipelineFiles;
using TrueUp.Server.Api.Pipelines;
using TrueUp.Server.Api.Receipts;
using TrueUp.Server.Api.Records;
using TrueUp.Server.Api.Runs;
using TrueUp.Server.Api.Units;
using TrueUp.Server.Security.Requests;

namespace TrueUp.Server.Api;

/// <summary>The HTTP API: its conventions, and the list of its resources.</summary>
internal static class ApiSetup
{
    private const int JsonDepthMax = 16;

    /// <summary>Names in snake_case, states in upper case, problem details, unknown members refused.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        return services
            .AddSingleton<StreamLimit>()
            .AddSingleton<PipelineBook>()
            .AddSingleton<QueuePictures>()
            .AddSingleton<RunRequests>()
            .AddProblemDetails()
            .AddExceptionHandler<ExceptionProblems>()
            .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true)
            .ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions))
            .AddApiDocument();
    }

    /// <summary>
    /// What has to stand before routing and authentication: errors become problem details, <c>HEAD</c> is <c>GET</c>
    /// without a body.
    /// </summary>
    public static void UseApi(this WebApplication app)
    {
        // The handler answers whatever it is given; an exception it is not given is one nobody threw.
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = _ => Task.CompletedTask });
        app.UseStatusCodePages(StatusProblems.WriteAsync);
        app.Use(HeadRequests.InvokeAsync);
    }

    /// <summary>Every resource below <c>/api/v1</c>, one class each.</summary>
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").AddEndpointFilter<RouteGroupBuilder, ChangeRecorder>();
        api.CheckQueries();
        ConfigEndpoints.Map(api);
        AuthEndpoints.Map(api);
        KeyEndpoints.Map(api);
        UserEndpoints.Map(api);
        AuditEndpoints.Map(api);
        PipelineFileEndpoints.Map(api);
        MonitoringEndpoints.Map(api);
        TriggerEndpoint.Map(api);
        JobEndpoints.Map(api);
        QueueEndpoint.Map(api);
        RunEndpoints.Map(api);
        RecordEndpoints.Map(api);
        ErrorEndpoints.Map(api);
        DeadLetterEndpoints.Map(api);
        UnitEndpoints.Map(api);
        NodeEndpoints.Map(api);
        PipelineEndpoints.Map(api);
        PipelineActionEndpoints.Map(api);
        TimelineEndpoint.Map(api);
        ReceiptEndpoints.Map(api);
        app.MapApiDocument();
    }

    /// <summary>How bodies are read and written.</summary>
    public static void Configure(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.PropertyNameCaseInsensitive = false;
        json.DictionaryKeyPolicy = null;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.RespectNullableAnnotations = true;
        json.MaxDepth = JsonDepthMax;
        json.Converters.Add(new UtcTimeConverter());
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false));
    }
}

using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace TrueUp.Server.Metrics;

/// <summary>
/// Sends metrics and spans to an OpenTelemetry collector when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one; the other
/// <c>OTEL_…</c> variables (headers, timeouts, intervals) mean what the specification says:
/// https://opentelemetry.io/docs/specs/otel/protocol/exporter/.
/// </summary>
internal sealed class Telemetry(ServerOptions options) : IHostedService
{
    private const int FlushMs = 5000;

    private MeterProvider? _meters;
    private TracerProvider? _spans;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (
            options.EnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is not { Length: > 0 } text
            || !Uri.TryCreate(text, UriKind.Absolute, out var endpoint)
        )
        {
            return Task.CompletedTask;
        }
        var resource = ResourceBuilder
            .CreateDefault()
            .AddService("trueup", serviceVersion: options.Version, serviceInstanceId: options.Node);
        _meters = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(ServerMeter.Name)
            .AddOtlpExporter(otlp => SetUp(otlp, endpoint, "v1/metrics"))
            .Build();
        _spans = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(ServerMeter.Name)
            .AddOtlpExporter(otlp => SetUp(otlp, endpoint, "v1/traces"))
            .Build();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) =>
        // What is left is sent, but a collector that hangs does not keep the server from stopping.
        Task.Run(
            () =>
            {
                _spans?.Shutdown(FlushMs);
                _meters?.Shutdown(FlushMs);
                _spans?.Dispose();
                _meters?.Dispose();
            },
            cancellationToken
        );

    private void SetUp(OtlpExporterOptions otlp, Uri endpoint, string path)
    {
        var isGrpc = options.EnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL") is "grpc";
        otlp.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = isGrpc ? endpoint : new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/" + path);
    }
}

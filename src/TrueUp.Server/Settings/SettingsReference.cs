using Microsoft.Extensions.Logging;
using TrueUp.Pipelines;

namespace TrueUp.Server.Settings;

/// <summary>Every key of <c>trueup.yaml</c>: what the reader accepts, the API shows and the reference lists.</summary>
internal static class SettingsReference
{
    /// <summary>What stands for no limit and no interval.</summary>
    public const string Off = "off";

    /// <summary>The keys, section by section.</summary>
    public static IReadOnlyList<SettingKey> Keys { get; } =
    [
        new("server.urls", "Where to listen: one URL or a list.", d => d.Start.Urls)
        {
            IsStartOnly = true,
            Example = "urls: http://127.0.0.1:9090",
        },
        new("server.name", "What this server is called among others.", d => d.Start.Name)
        {
            IsStartOnly = true,
            Otherwise = "the machine's name and the process's number",
            Example = "name: sync-1",
        },
        new(
            "server.behind_proxy",
            "Whether a proxy in front ends TLS; its forwarding headers are believed then.",
            d => d.Start.BehindProxy
        )
        {
            IsStartOnly = true,
            Example = "behind_proxy: true",
        },
        new(
            "server.known_proxies",
            "Addresses of proxies that are believed, besides those of the machine itself: one or a list.",
            d => string.Join(", ", d.Start.KnownProxies)
        )
        {
            IsStartOnly = true,
            Otherwise = "none",
            Example = "known_proxies: [10.0.0.5]",
        },
        new(
            "server.allowed_hosts",
            "Names the server goes by, besides its addresses, the machine's name and those it listens at.",
            d => string.Join(", ", d.Start.AllowedHosts)
        )
        {
            IsStartOnly = true,
            Otherwise = "none",
            Example = "allowed_hosts: [sync.example.com]",
        },
        new(
            "server.anonymous_metrics",
            "Whether everybody may read /metrics, as long as only the machine itself can ask.",
            d => d.Start.AnonymousMetrics
        )
        {
            IsStartOnly = true,
            Example = "anonymous_metrics: true",
        },
        new("server.tls.certificate", "The certificate with its chain, as PEM.", d => d.Start.TlsCertificate)
        {
            IsStartOnly = true,
            Otherwise = "none",
            Example = "certificate: tls/server.pem",
        },
        new("server.tls.key", "The certificate's private key, as PEM; a file of mode 600.", d => d.Start.TlsKey)
        {
            IsStartOnly = true,
            Otherwise = "none",
            Example = "key: tls/server.key",
        },
        new(
            "control_database",
            "The control database in PostgreSQL: Npgsql keywords or a `postgres://` URL.",
            d => d.Start.ControlDatabase
        )
        {
            IsStartOnly = true,
            IsSecret = true,
            Otherwise = "a SQLite file in the home",
            Example = "control_database: \"Host=db;Database=trueup;Username=trueup;Password=${TRUEUP_DB_PASSWORD}\"",
        },
        new("control_database_file", "A file of mode 600 that holds what `control_database` would say.", d => null)
        {
            IsStartOnly = true,
            Otherwise = "none",
            Example = "control_database_file: secrets/control-database",
        },
        new("pipelines", "The folder of pipeline files; created when it is missing.", d => d.Start.Pipelines)
        {
            IsStartOnly = true,
            Otherwise = "`pipelines` in the home",
            Example = "pipelines: /etc/trueup/pipelines",
        },
        new("concurrency.server", "Runs at the same time on one server, 1 to 1000.", d => d.Settings.Concurrency.Server)
        {
            Example = "server: 8",
        },
        new(
            "concurrency.cluster",
            "Runs at the same time on all servers together, up to 10000; 0 for no limit.",
            d => d.Settings.Concurrency.Cluster
        )
        {
            Example = "cluster: 16",
        },
        new("recovery.enabled", "Whether what failed is retried later by itself.", d => d.Settings.Recovery.Enabled)
        {
            Example = "enabled: false",
        },
        new(
            "recovery.retry_after",
            "How long after a failure the first retry comes, 1s to 1d; each further one waits twice as long.",
            d => Text(d.Settings.Recovery.RetryAfter)
        )
        {
            Example = "retry_after: 10m",
        },
        new(
            "recovery.retries_max",
            "Retries until somebody or the schedule runs the pipeline again, 0 to 100.",
            d => d.Settings.Recovery.RetriesMax
        )
        {
            Example = "retries_max: 5",
        },
        new(
            "cluster.lease",
            "How long a server that is not heard of keeps its jobs, 2s to 10m.",
            d => Text(d.Settings.Cluster.Lease)
        )
        {
            Example = "lease: 15s",
        },
        new(
            "cluster.grace",
            "How long a server that is being stopped may take to end what it runs, 0s to 10m.",
            d => Text(d.Settings.Cluster.Grace)
        )
        {
            Example = "grace: 1m",
        },
        new(
            "intervals.*",
            "Minutes between two runs of this pipeline, 1 to 525600, instead of what its file says; `off` for what its file says.",
            _ => null
        )
        {
            Otherwise = "the pipeline file's `schedule`",
            Example = "sellers: 15",
        },
        new(
            "retention.audit_days",
            "Days until the audit of a run is archived, 1 to 3650.",
            d => d.Settings.Retention.AuditDays
        )
        {
            Example = "audit_days: 365",
        },
        new(
            "retention.metrics_days",
            "Days until metrics are aggregated, 1 to 3650.",
            d => d.Settings.Retention.MetricsDays
        )
        {
            Example = "metrics_days: 30",
        },
        new(
            "retention.alerts_days",
            "Days until an alert nobody acknowledged counts as acknowledged, 1 to 3650.",
            d => d.Settings.Retention.AlertsDays
        )
        {
            Example = "alerts_days: 14",
        },
        new(
            "logs.level",
            "The least that is logged: `debug`, `info`, `warning`, `error` or `critical`.",
            d => Text(d.Settings.Logs.Level)
        )
        {
            Example = "level: debug",
        },
        new("logs.size", "Size after which a new log file is begun, 64KB to 1GB.", d => Size(d.Settings.Logs.SizeBytes))
        {
            Example = "size: 100MB",
        },
        new("logs.backups", "Older log files that are kept, 0 to 1000.", d => d.Settings.Logs.Backups)
        {
            Example = "backups: 30",
        },
        new("logs.compress", "Whether older log files are compressed.", d => d.Settings.Logs.Compress)
        {
            Example = "compress: false",
        },
        new("logs.days", "Days after which an older log file is deleted, 1 to 3650.", d => d.Settings.Logs.Days)
        {
            Example = "days: 7",
        },
        new(
            "health.proof_age",
            "The server is not ready when the last proof of a pipeline is older than this, 1m to 365d, or `off`.",
            d => Text(d.Settings.Health.ProofAge)
        )
        {
            Example = "proof_age: 1d",
        },
        new(
            "health.feed_stall",
            "The server is not ready when a feed with something to do stands still for this long, 1s to 1d, or `off`.",
            d => Text(d.Settings.Health.FeedStall)
        )
        {
            Example = "feed_stall: 5m",
        },
        new(
            "alerting.consecutive_failures",
            "Failures of a pipeline in a row that raise an alert, 1 to 1000.",
            d => d.Settings.Alerting.ConsecutiveFailures
        )
        {
            Example = "consecutive_failures: 5",
        },
        new(
            "alerting.gap_threshold",
            "More gaps than this in a run raise an alert, up to 1000000000.",
            d => d.Settings.Alerting.GapThreshold
        )
        {
            Example = "gap_threshold: 0",
        },
        new(
            "alerting.no_sync_threshold_minutes",
            "Minutes without a successful run that raise an alert (twice the interval if that is longer), 1 to 525600.",
            d => d.Settings.Alerting.NoSyncThresholdMinutes
        )
        {
            Example = "no_sync_threshold_minutes: 60",
        },
        new(
            "limits.requests_per_minute",
            "Requests of one client of the API, up to 1000000; 0 for no limit.",
            d => d.Settings.Limits.RequestsPerMinute
        )
        {
            Example = "requests_per_minute: 1200",
        },
        new("limits.body_bytes", "The longest body of a request, 1KB to 64MB.", d => Size(d.Settings.Limits.BodyBytes))
        {
            Example = "body_bytes: 4MB",
        },
    ];

    /// <summary>The key, or the one that stands for it; null when there is none.</summary>
    public static SettingKey? Find(string key) => Keys.FirstOrDefault(k => k.Covers(key));

    /// <summary>Names of the keys of one mapping, for example of <c>server</c>.</summary>
    public static IReadOnlyList<string> NamesIn(string section)
    {
        var start = section.Length == 0 ? "" : $"{section}.";
        return
        [
            .. Keys.Where(k => k.Path.StartsWith(start, StringComparison.Ordinal))
                .Select(k => k.Path[start.Length..].Split('.')[0])
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>A level as it is written.</summary>
    public static string Text(LogLevel level) =>
        level switch
        {
            LogLevel.Information => "info",
            _ => level.ToString().ToLowerInvariant(),
        };

    private static string Text(TimeSpan? duration) => duration is { } time ? Duration.Format(time) : Off;

    private static string Size(long bytes) =>
        bytes switch
        {
            _ when bytes % (1 << 30) == 0 => $"{bytes >> 30}GB",
            _ when bytes % (1 << 20) == 0 => $"{bytes >> 20}MB",
            _ when bytes % (1 << 10) == 0 => $"{bytes >> 10}KB",
            _ => $"{bytes}B",
        };
}

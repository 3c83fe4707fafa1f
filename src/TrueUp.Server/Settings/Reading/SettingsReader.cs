using System.Globalization;
using Microsoft.Extensions.Logging;
using TrueUp.Pipelines;
using TrueUp.Pipelines.Reading;
using TrueUp.Pipelines.Yaml;

namespace TrueUp.Server.Settings.Reading;

/// <summary>
/// Turns the tree of settings into a document. What is missing or unusable is a finding and a default.
/// </summary>
internal sealed class SettingsReader(FindingList findings, string folder)
{
    private static readonly LogLevel[] Levels =
    [
        LogLevel.Debug,
        LogLevel.Information,
        LogLevel.Warning,
        LogLevel.Error,
        LogLevel.Critical,
    ];

    /// <summary>Reads the root of the document.</summary>
    public SettingsDocument Read(YamlMap root)
    {
        var section = new Section(root, "", findings);
        var start = new StartReader(findings, folder).Read(section);
        var defaults = new ServerSettings();
        var settings = new ServerSettings
        {
            Concurrency = Concurrency(section.Inner("concurrency", "concurrency"), defaults.Concurrency),
            Recovery = Recovery(section.Inner("recovery", "recovery"), defaults.Recovery),
            Cluster = Cluster(section.Inner("cluster", "cluster"), defaults.Cluster),
            Intervals = Intervals(section.Node("intervals")),
            Retention = Retention(section.Inner("retention", "retention"), defaults.Retention),
            Logs = Logs(section.Inner("logs", "logs"), defaults.Logs),
            Health = Health(section.Inner("health", "health")),
            Alerting = Alerting(section.Inner("alerting", "alerting"), defaults.Alerting),
            Limits = Limits(section.Inner("limits", "limits"), defaults.Limits),
        };
        return new SettingsDocument(start, settings);
    }

    private static ConcurrencySettings Concurrency(Section? section, ConcurrencySettings defaults) =>
        section is null
            ? defaults
            : new()
            {
                Server = section.Number("server") ?? defaults.Server,
                Cluster = section.Number("cluster") ?? defaults.Cluster,
            };

    private static RecoverySettings Recovery(Section? section, RecoverySettings defaults) =>
        section is null
            ? defaults
            : new()
            {
                Enabled = section.Flag("enabled", defaults.Enabled),
                RetryAfter = section.Time("retry_after") ?? defaults.RetryAfter,
                RetriesMax = section.Number("retries_max") ?? defaults.RetriesMax,
            };

    private static ClusterSettings Cluster(Section? section, ClusterSettings defaults) =>
        section is null
            ? defaults
            : new()
            {
                Lease = section.Time("lease") ?? defaults.Lease,
                Grace = section.Time("grace") ?? defaults.Grace,
            };

    private static RetentionSettings Retention(Section? section, RetentionSettings defaults) =>
        section is null
            ? defaults
            : new()
            {
                AuditDays = section.Number("audit_days") ?? defaults.AuditDays,
                MetricsDays = section.Number("metrics_days") ?? defaults.MetricsDays,
                AlertsDays = section.Number("alerts_days") ?? defaults.AlertsDays,
            };

    private LogSettings Logs(Section? section, LogSettings defaults) =>
        section is null
            ? defaults
            : new()
            {
                Level = Level(section.Text("level")) ?? defaults.Level,
                SizeBytes = section.Bytes("size") ?? defaults.SizeBytes,
                Backups = section.Number("backups") ?? defaults.Backups,
                Compress = section.Flag("compress", defaults.Compress),
                Days = section.Number("days") ?? defaults.Days,
            };

    private static HealthSettings Health(Section? section) =>
        section is null
            ? new()
            : new() { ProofAge = Limit(section, "proof_age"), FeedStall = Limit(section, "feed_stall") };

    private static AlertSettings Alerting(Section? section, AlertSettings defaults) =>
        section is null
            ? defaults
            : new()
            {
                ConsecutiveFailures = section.Number("consecutive_failures") ?? defaults.ConsecutiveFailures,
                GapThreshold = section.Number("gap_threshold") ?? defaults.GapThreshold,
                NoSyncThresholdMinutes = section.Number("no_sync_threshold_minutes") ?? defaults.NoSyncThresholdMinutes,
            };

    private static LimitSettings Limits(Section? section, LimitSettings defaults) =>
        section is null
            ? defaults
            : new()
            {
                RequestsPerMinute = section.Number("requests_per_minute") ?? defaults.RequestsPerMinute,
                BodyBytes = section.Bytes("body_bytes") ?? defaults.BodyBytes,
            };

    private static TimeSpan? Limit(Section section, string key) =>
        section.Node(key) is YamlText { Text: SettingsReference.Off } ? null : section.Time(key);

    private LogLevel? Level(string? text)
    {
        if (text is null)
        {
            return null;
        }
        var names = Levels.Select(SettingsReference.Text).ToList();
        var at = names.IndexOf(text.ToLowerInvariant());
        if (at >= 0)
        {
            return Levels[at];
        }
        findings.Add("logs.level", "bad_value", "`logs.level` is no level.", Spelling.Suggest(text, names));
        return null;
    }

    private Dictionary<string, TimeSpan> Intervals(YamlNode? node)
    {
        var intervals = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        switch (node)
        {
            case null:
                break;
            case YamlMap map:
                foreach (var (name, value) in map.Entries)
                {
                    if (Minutes(value) is { } minutes)
                    {
                        intervals[name] = TimeSpan.FromMinutes(minutes);
                    }
                }
                break;
            default:
                findings.Add(
                    node.Path,
                    "bad_value",
                    $"`{node.Path}` is {node.Kind}, not a mapping.",
                    "Write `intervals: {sellers: 15}`."
                );
                break;
        }
        return intervals;
    }

    private long? Minutes(YamlNode node)
    {
        switch (node)
        {
            case YamlText { Text: SettingsReference.Off }:
                return null;
            case YamlText text
                when int.TryParse(
                    text.Text,
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var minutes
                ):
                return minutes;
            default:
                findings.Add(
                    node.Path,
                    "bad_value",
                    $"`{node.Path}` is no whole number of minutes.",
                    "Write, for example, 15; or `off` for what the pipeline's file says."
                );
                return null;
        }
    }
}

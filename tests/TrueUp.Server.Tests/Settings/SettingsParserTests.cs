using System.Runtime.Versioning;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;
using TrueUp.Server.Settings;
using TrueUp.Server.Settings.Reading;
using TrueUp.Server.Tests.Testing;
using TrueUp.Testing;

namespace TrueUp.Server.Tests.Settings;

[UnsupportedOSPlatform("windows")]
public sealed class SettingsParserTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new() { ["PW"] = "hunter2" };

    [Fact]
    public void A_file_sets_what_it_says_and_nothing_else()
    {
        var document = Read(
            """
            server: {urls: ["http://127.0.0.1:9000", "http://[::1]:9000"], name: one, behind_proxy: true}
            control_database: "Host=db;Password=${PW}"
            pipelines: flows
            concurrency: {server: 8, cluster: 16}
            recovery: {enabled: false, retry_after: 10m, retries_max: 5}
            cluster: {lease: 15s}
            intervals: {sellers: 15, a.b-c: 1}
            logs: {level: WARNING, size: 1MB, backups: 3, compress: false, days: 7}
            health: {proof_age: 1d, feed_stall: off}
            alerting: {consecutive_failures: 4, gap_threshold: 6, no_sync_threshold_minutes: 60}
            limits: {requests_per_minute: 0, body_bytes: 2MB}
            """
        );

        document.Start.ShouldBe(
            new StartSettings
            {
                Urls = "http://127.0.0.1:9000;http://[::1]:9000",
                Name = "one",
                BehindProxy = true,
                ControlDatabase = "Host=db;Password=hunter2",
                Pipelines = _folder.File("flows"),
            }
        );
        var settings = document.Settings;
        settings.Concurrency.ShouldBe(new ConcurrencySettings { Server = 8, Cluster = 16 });
        settings.Recovery.ShouldBe(
            new RecoverySettings
            {
                Enabled = false,
                RetryAfter = TimeSpan.FromMinutes(10),
                RetriesMax = 5,
            }
        );
        settings.Cluster.ShouldBe(new ClusterSettings { Lease = TimeSpan.FromSeconds(15) });
        settings.Intervals.ShouldBe(
            new Dictionary<string, TimeSpan>
            {
                ["sellers"] = TimeSpan.FromMinutes(15),
                ["a.b-c"] = TimeSpan.FromMinutes(1),
            }
        );
        settings.Retention.ShouldBe(new RetentionSettings());
        settings.Logs.ShouldBe(
            new LogSettings
            {
                Level = LogLevel.Warning,
                SizeBytes = 1 << 20,
                Backups = 3,
                Compress = false,
                Days = 7,
            }
        );
        settings.Health.ShouldBe(new HealthSettings { ProofAge = TimeSpan.FromDays(1) });
        settings.Alerting.ShouldBe(
            new AlertSettings
            {
                ConsecutiveFailures = 4,
                GapThreshold = 6,
                NoSyncThresholdMinutes = 60,
            }
        );
        settings.Limits.ShouldBe(new LimitSettings { RequestsPerMinute = 0, BodyBytes = 2 << 20 });
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n\n---\n")]
    [InlineData("recovery:\nserver:\n")]
    public void A_file_that_says_nothing_leaves_the_defaults(string yaml)
    {
        var document = Read(yaml);

        foreach (var key in SettingsReference.Keys)
        {
            SettingValues.Of(document, key.Path).ShouldBe(SettingValues.Of(SettingsDocument.Default, key.Path));
        }
    }

    [Fact]
    public void All_mistakes_are_found_at_once_with_their_lines()
    {
        var findings = Findings(
            """
            recvery: {enabled: true}
            recovery:
              enabled: maybe
              retry_after: 5
              retry_afer: 5m
            concurrency: {server: 0, cluster: -1}
            intervals:
              sellers: 0
              "not/plain": 5
              live: 30s
            logs: {level: chatty, size: 1B, backups: 1001}
            health: {proof_age: never}
            control_database: "Host=${MISSING}"
            server: {urls: "ftp://x", tls: {certificate: none.pem}}
            alerting: {consecutive_failures: 0, gap_threshold: -1}
            retention: [90]
            limits: {body_bytes: 65MB}
            """
        );

        findings
            .Select(f => (f.Line, f.Path))
            .ShouldBe(
                [
                    (1, "recvery"),
                    (3, "recovery.enabled"),
                    (4, "recovery.retry_after"),
                    (5, "recovery.retry_afer"),
                    (6, "concurrency.server"),
                    (6, "concurrency.cluster"),
                    (8, "intervals.sellers"),
                    (9, "intervals.not/plain"),
                    (10, "intervals.live"),
                    (11, "logs.level"),
                    (11, "logs.size"),
                    (11, "logs.backups"),
                    (12, "health.proof_age"),
                    (13, "control_database"),
                    (14, "server.urls"),
                    (14, "server.tls"),
                    (14, "server.tls.certificate"),
                    (15, "alerting.consecutive_failures"),
                    (15, "alerting.gap_threshold"),
                    (16, "retention"),
                    (17, "limits.body_bytes"),
                ],
                ignoreOrder: true
            );
        findings.ShouldAllBe(f => f.File != null && f.Message.Length > 0 && f.Suggestion.Length > 0);
        findings.Single(f => f.Path == "recvery").Suggestion.ShouldBe("Did you mean `recovery`?");
    }

    [Theory]
    [InlineData("- a list")]
    [InlineData("a text")]
    [InlineData("a: &x 1\nb: *x")]
    [InlineData("concurrency: {server: 4")]
    [InlineData("a: 1\n---\nb: 2")]
    [InlineData("\u0001")]
    public void A_file_that_is_no_mapping_is_refused(string yaml) => Findings(yaml).ShouldNotBeEmpty();

    [Fact]
    public void A_secret_can_stand_in_a_file_that_only_its_owner_can_read()
    {
        var secret = _folder.Write("db", "Host=db;Password=hunter2\n");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Findings("control_database_file: db").ShouldHaveSingleItem().Code.ShouldBe("file_not_private");

        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Read("control_database_file: db").Start.ControlDatabase.ShouldBe("Host=db;Password=hunter2");

        Findings("control_database_file: none").ShouldHaveSingleItem().Code.ShouldBe("file_missing");
        Findings("{control_database_file: db, control_database: x}").ShouldHaveSingleItem();
    }

    [Fact]
    public void A_private_key_that_others_can_read_is_refused()
    {
        _folder.Write("cert.pem", "x");
        var key = _folder.Write("key.pem", "x");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Findings("server: {tls: {certificate: cert.pem, key: key.pem}}")
            .ShouldHaveSingleItem()
            .Path.ShouldBe("server.tls.key");
    }

    [Fact]
    public void P42_an_interval_is_taken_exactly_when_it_is_whole_minutes_from_one_on()
    {
        var minutes = Gen.OneOf(Gen.Choose(-5, 5), Gen.Choose(-1_000_000, 1_000_000), Gen.Elements(525_600, 525_601));

        Cases.Check(
            from number in minutes
            from form in Gen.Elements("{0}", "{0}m", "{0}.5", "\"{0}\"", " {0} ")
            select (number, form),
            interval =>
            {
                var reading = Parse($"intervals: {{sellers: {string.Format(interval.form, interval.number)}}}");

                if (interval.form is "{0}m" or "{0}.5" || interval.number is < 1 or > 525_600)
                {
                    reading.Findings.ShouldHaveSingleItem().Path.ShouldBe("intervals.sellers");
                }
                else
                {
                    reading.Document!.Settings.Intervals["sellers"].ShouldBe(TimeSpan.FromMinutes(interval.number));
                }
                return Task.CompletedTask;
            },
            count: 300
        );
    }

    public void Dispose() => _folder.Dispose();

    private SettingsDocument Read(string yaml)
    {
        var reading = Parse(yaml);
        reading.Findings.ShouldBeEmpty();
        return reading.Document!;
    }

    private IReadOnlyList<TrueUp.Pipelines.Finding> Findings(string yaml)
    {
        var reading = Parse(yaml);
        reading.Document.ShouldBeNull();
        return reading.Findings;
    }

    private SettingsReading Parse(string yaml) =>
        new SettingsParser(_environment.GetValueOrDefault).Read(
            new SettingsText(_folder.File("trueup.yaml"), System.Text.Encoding.UTF8.GetBytes(yaml))
        );
}

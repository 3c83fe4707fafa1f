using TrueUp.Pipelines;
using TrueUp.Rows;

namespace TrueUp.Tests.Pipelines;

public sealed class PipelineReaderTests
{
    [Fact]
    public void A_witness_is_a_path_beside_the_file_and_an_address_from_the_environment()
    {
        var reading = Reading.Read(
            Reading.Least + "witness: {file: seen.jsonl, webhook: \"${HOOK}\"}\n",
            ("HOOK", "https://example.com/token")
        );
        reading.Findings.ShouldBeEmpty();
        reading.Pipeline!.Witness!.File.ShouldBe("/data/flow/seen.jsonl");
        reading.Pipeline.Witness.Webhook.ShouldBe("https://example.com/token");
        Reading.Pipeline("witness: {webhook: 'http://127.0.0.1:9/x'}").Witness!.File.ShouldBeNull();
    }

    [Fact]
    public void The_least_file_gives_a_pipeline_of_defaults()
    {
        var pipeline = Reading.Pipeline();

        pipeline.Name.ShouldBe("sellers");
        pipeline.Mode.ShouldBe(SyncMode.Mirror);
        pipeline.Key.ShouldBeEmpty();
        pipeline.Verify.ShouldBe(new VerifyDefinition());
        pipeline.Retry.ShouldBe(new RetryDefinition());
        pipeline.MaxRowBytes.ShouldBe(32 << 20);
        pipeline.Parallel.ShouldBe(5);
        pipeline.MaxDeletes.ShouldBe(Allowance.OfPercent(30));
        pipeline.File.ShouldBe(Reading.File);
        pipeline.FileHash.ShouldNotBeNull().Length.ShouldBe(64);
        pipeline.Source.Type.ShouldBe("csv");
        pipeline.Source["path"].ShouldBe("/data/flow/sellers.csv");
        pipeline.Source.Lines["path"].ShouldBe(2);
    }

    [Fact]
    public void Every_key_reaches_the_definition()
    {
        var pipeline = Reading.Pipeline(
            """
            key: [country, number]
            columns:
              inquiry_date: {from: "Inquiry date", type: date, format: dd.MM.yyyy}
              price: {type: 'decimal(12,2)', round: 2}
              note: text
              plain:
            other_columns: false
            mode: upsert
            follow: false
            schedule: {cron: "*/15 8-18 * * mon-fri", zone: Europe/Berlin, allow_seconds: true}
            rules:
              - {name: format, column: number, matches: '^AA\d+$'}
              - {name: given, column: name, required: true, on_fail: report}
              - {name: range, column: price, min: 0, max: 9.5}
              - {name: state, column: state, one_of: [new, open]}
              - {name: single, column: mail, unique: true}
              - {name: property, exists: {table: properties, column: number}, when: has_property}
            updated_at: modified
            duplicates: last
            new_columns: ignore
            max_deletes: 500
            parallel: 7
            max_row: 512KB
            verify: {content: true, repair: false, attempts: 5, allow_unproven: 0.5%}
            retry: {attempts: 7, initial: 500ms, factor: 1.5, max: 2m}
            audit: {records: all}
            """
        );

        pipeline.Key.ShouldBe(["country", "number"]);
        pipeline.Columns.ShouldBe([
            new ColumnDefinition("inquiry_date")
            {
                From = "Inquiry date",
                Type = LogicalType.Date,
                Format = "dd.MM.yyyy",
                Line = 6,
            },
            new ColumnDefinition("price")
            {
                Type = LogicalType.DecimalOf(12, 2),
                Round = 2,
                Line = 7,
            },
            new ColumnDefinition("note") { Type = LogicalType.Text, Line = 8 },
            new ColumnDefinition("plain") { Line = 9 },
        ]);
        pipeline.OtherColumns.ShouldBeFalse();
        pipeline.Mode.ShouldBe(SyncMode.Upsert);
        pipeline.Schedule.ShouldBe(
            new ScheduleDefinition
            {
                Cron = "*/15 8-18 * * mon-fri",
                Zone = "Europe/Berlin",
                AllowSeconds = true,
            }
        );
        pipeline.Rules.Select(r => r.Line).ShouldBe([15, 16, 17, 18, 19, 20]);
        pipeline
            .Rules[0]
            .ShouldSatisfyAllConditions(r => r.Matches.ShouldBe(@"^AA\d+$"), r => r.Column.ShouldBe("number"));
        pipeline
            .Rules[1]
            .ShouldSatisfyAllConditions(r => r.Required.ShouldBeTrue(), r => r.OnFail.ShouldBe(RuleFailure.Report));
        pipeline.Rules[2].ShouldSatisfyAllConditions(r => r.Min.ShouldBe("0"), r => r.Max.ShouldBe("9.5"));
        pipeline.Rules[3].OneOf.ShouldBe(["new", "open"]);
        pipeline.Rules[4].Unique.ShouldBeTrue();
        pipeline
            .Rules[5]
            .ShouldSatisfyAllConditions(
                r => r.Exists.ShouldBe(new ExistsDefinition("properties", "number")),
                r => r.Column.ShouldBe("number", "the other table's column names this one's too"),
                r => r.When.ShouldBe("has_property"),
                r => r.OnFail.ShouldBe(RuleFailure.Report, "the default of exists")
            );
        pipeline.UpdatedAt.ShouldBe("modified");
        pipeline.Duplicates.ShouldBe(DuplicatePolicy.Last);
        pipeline.NewColumns.ShouldBe(NewColumnPolicy.Ignore);
        pipeline.MaxDeletes.ShouldBe(new Allowance(500, false));
        pipeline.MaxRowBytes.ShouldBe(512 << 10);
        pipeline.Parallel.ShouldBe(7);
        pipeline.Verify.ShouldBe(
            new VerifyDefinition
            {
                Content = true,
                Repair = false,
                Attempts = 5,
                AllowUnproven = Allowance.OfPercent(0.5),
            }
        );
        pipeline.Retry.ShouldBe(
            new RetryDefinition
            {
                Attempts = 7,
                Initial = TimeSpan.FromMilliseconds(500),
                Factor = 1.5,
                Max = TimeSpan.FromMinutes(2),
            }
        );
        pipeline.Audit.ShouldBe(AuditLevel.All);
    }

    [Fact]
    public void A_key_may_be_a_single_name() => Reading.Pipeline("key: number").Key.ShouldBe(["number"]);

    [Fact]
    public void Ten_mistakes_are_ten_findings_with_lines_paths_and_suggestions()
    {
        var reading = Reading.Read(
            """
            nam: sellers
            source: {type: csv, pth: sellers.csv, header_row: first}
            target: {type: sqlite, path: sellers.db, encoding: utf-9}
            mode: mirorr
            schedule: {every: 15s}
            rules:
              - {name: format, column: number, matches: '^AA(\d+$'}
              - {name: given, colum: name, required: true}
            verify: {attempts: 0}
            retry: {initial: soon}
            """
        );

        reading.Pipeline.ShouldBeNull();
        reading.Findings.Count.ShouldBe(10);
        reading
            .Findings.Select(f => (f.Line, f.Path, f.Code))
            .ShouldBe([
                (1, "nam", "unknown_key"),
                (2, "source.header_row", "bad_value"),
                (2, "source.pth", "unknown_key"),
                (3, "target.encoding", "bad_value"),
                (4, "mode", "bad_value"),
                (5, "schedule.every", "bad_value"),
                (7, "rules[0].matches", "bad_value"),
                (8, "rules[1].colum", "unknown_key"),
                (9, "verify.attempts", "bad_value"),
                (10, "retry.initial", "bad_value"),
            ]);
        reading.Findings.ShouldAllBe(f => f.File == Reading.File && f.Suggestion.Length > 0 && f.IsError);
        string Suggestion(string path) => reading.Findings.Single(f => f.Path == path).Suggestion;
        Suggestion("nam").ShouldBe("Did you mean `name`?");
        Suggestion("source.pth").ShouldBe("Did you mean `path`?");
        Suggestion("target.encoding").ShouldBe("Did you mean `utf-8`?");
        Suggestion("mode").ShouldBe("Did you mean `mirror`?");
        Suggestion("rules[1].colum").ShouldBe("Did you mean `column`?");
    }

    [Fact]
    public void Nothing_known_nearby_lists_what_there_is() =>
        Reading.Finding("audit: {zzz: 1}").Suggestion.ShouldBe("Known are: records.");

    [Fact]
    public void The_reference_lists_what_the_reader_reads()
    {
        // A key that the reader asks for and the reference lacks throws; here is the other way round.
        foreach (var key in PipelineReference.Keys)
        {
            key.Example.ShouldStartWith(key.Name + ":");
            key.Description.ShouldNotBeNullOrWhiteSpace();
        }
        PipelineReference.Keys.Select(k => k.Path).ShouldBeUnique();
    }
}

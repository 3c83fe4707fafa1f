using TrueUp.Pipelines;

namespace TrueUp.Tests.Pipelines;

public sealed class PipelineFindingTests
{
    [Theory]
    [InlineData("mode: [mirror]", "mode", "bad_value")]
    [InlineData("follow: true", "follow", "not_available")]
    [InlineData("verify: {content: false}", "verify.content", "not_available")]
    [InlineData("follow: maybe", "follow", "bad_value")]
    [InlineData("key: []", null, null)]
    [InlineData("key: [a, a]", "key", "bad_value")]
    [InlineData("key: {a: b}", "key", "bad_value")]
    [InlineData("key: [a, ~]", "key", "bad_value")]
    [InlineData("key: ''", "key", "bad_value")]
    [InlineData("columns: [a, b]", "columns", "bad_value")]
    [InlineData("columns: {a: {type: integr}}", "columns.a.type", "bad_value")]
    [InlineData("columns: {a: integr}", "columns.a", "bad_value")]
    [InlineData("columns: {a: [int]}", "columns.a", "bad_value")]
    [InlineData("columns: {a: {round: 40}}", "columns.a.round", "bad_value")]
    [InlineData("columns: {a: {type: text, round: 2}}", "columns.a.round", "bad_combination")]
    [InlineData("columns: {a: {format: dd.MM.yyyy}}", "columns.a.format", "bad_combination")]
    [InlineData("columns: {a: {type: date, format: d}}", "columns.a.format", "bad_value")]
    [InlineData("columns: {a: {type: date, format: \"yyyy'\"}}", "columns.a.format", "bad_value")]
    [InlineData("{key: a, columns: {a: {type: decimal, round: 2}}}", "columns.a.round", "bad_combination")]
    [InlineData("other_columns: false", "other_columns", "bad_combination")]
    [InlineData("updated_at: changed", "updated_at", "bad_combination")]
    [InlineData("{mode: append, updated_at: changed}", "updated_at", "bad_combination")]
    [InlineData("{mode: upsert, key: a, updated_at: a}", "updated_at", "bad_value")]
    [InlineData("duplicates: frist", "duplicates", "bad_value")]
    [InlineData("new_columns: drop", "new_columns", "bad_value")]
    [InlineData("max_deletes: 130%", "max_deletes", "bad_value")]
    [InlineData("max_deletes: -1", "max_deletes", "bad_value")]
    [InlineData("parallel: 0", "parallel", "bad_value")]
    [InlineData("parallel: 65", "parallel", "bad_value")]
    [InlineData("parallel: many", "parallel", "bad_value")]
    [InlineData("max_row: 32", "max_row", "bad_value")]
    [InlineData("max_row: 999999GB", "max_row", "bad_value")]
    [InlineData("max_row: 1B", "max_row", "bad_value")]
    [InlineData("verify: {self_test: weekly}", "verify.self_test", "bad_value")]
    [InlineData("verify: {self_test: daily}", "verify.self_test", "not_available")]
    [InlineData("witness: a.jsonl", "witness", "bad_value")]
    [InlineData("witness: {}", "witness", "missing_key")]
    [InlineData("witness: {file: ''}", "witness.file", "bad_value")]
    [InlineData("witness: {file: '${NO_SUCH}'}", "witness.file", "missing_variable")]
    [InlineData("witness: {webhook: 'http://example.com/secret'}", "witness.webhook", "bad_value")]
    [InlineData("witness: {webhook: 'file:///etc/passwd'}", "witness.webhook", "bad_value")]
    [InlineData("witness: {webhook: nonsense}", "witness.webhook", "bad_value")]
    [InlineData("schedule: 15m", "schedule", "bad_value")]
    [InlineData("schedule: {}", "schedule", "missing_key")]
    [InlineData("schedule: {every: 59s}", "schedule.every", "bad_value")]
    [InlineData("schedule: {every: 0s, allow_seconds: true}", "schedule.every", "bad_value")]
    [InlineData("schedule: {every: 400d}", "schedule.every", "bad_value")]
    [InlineData("schedule: {every: 15}", "schedule.every", "bad_value")]
    [InlineData("schedule: {every: 5m, cron: '* * * * *'}", "schedule", "bad_combination")]
    [InlineData("schedule: {cron: '* * * *'}", "schedule.cron", "bad_value")]
    [InlineData("schedule: {every: 5m, zone: Mars/Olympus}", "schedule.zone", "bad_value")]
    [InlineData("rules: {name: a}", "rules", "bad_value")]
    [InlineData("rules: [required]", "rules[0]", "bad_value")]
    [InlineData("rules: [{column: a, required: true}]", "rules[0].name", "missing_key")]
    [InlineData("rules: [{name: a, column: a}]", "rules[0]", "missing_key")]
    [InlineData("rules: [{name: a, column: a, one_of: []}]", "rules[0]", "missing_key")]
    [InlineData("rules: [{name: a, required: true}]", "rules[0].column", "missing_key")]
    [InlineData("rules: [{name: a, column: a, required: true, unique: true}]", "rules[0]", "bad_combination")]
    [InlineData("rules: [{name: a, column: a, min: 5, max: 1}]", "rules[0].min", "bad_value")]
    [InlineData("rules: [{name: a, column: a, required: true, on_fail: stop}]", "rules[0].on_fail", "bad_value")]
    [InlineData("rules: [{name: a, exists: {table: b}}]", "rules[0].exists.column", "missing_key")]
    [InlineData(
        "rules: [{name: a, column: a, unique: true}, {name: a, column: b, unique: true}]",
        "rules[1].name",
        "duplicate_name"
    )]
    [InlineData("verify: {allow_unproven: few}", "verify.allow_unproven", "bad_value")]
    [InlineData("verify: {attempts: 11}", "verify.attempts", "bad_value")]
    [InlineData("verify: {attempts: 99999999999}", "verify.attempts", "bad_value")]
    [InlineData("retry: {attempts: 21}", "retry.attempts", "bad_value")]
    [InlineData("retry: {factor: 0.5}", "retry.factor", "bad_value")]
    [InlineData("retry: {factor: NaN}", "retry.factor", "bad_value")]
    [InlineData("retry: {initial: 0s}", "retry.initial", "bad_value")]
    [InlineData("retry: {initial: 10s, max: 1s}", "retry.max", "bad_combination")]
    [InlineData("retry: {max: 2h}", "retry.max", "bad_value")]
    [InlineData("audit: {records: some}", "audit.records", "bad_value")]
    public void A_mistake_is_one_finding_at_its_place(string more, string? path, string? code)
    {
        // A flow mapping gives several keys at once.
        var yaml =
            Reading.Least
            + (
                more.StartsWith('{')
                    ? more[1..^1]
                        .Replace(", mode:", "\nmode:")
                        .Replace(", updated_at:", "\nupdated_at:")
                        .Replace(", key:", "\nkey:")
                        .Replace(", columns:", "\ncolumns:")
                    : more
            );
        var reading = Reading.Read(yaml);

        reading.Findings.Select(f => (f.Path, f.Code)).ShouldBe(path is null ? [] : [(path, code!)]);
        reading.Findings.ShouldAllBe(f => f.Line >= 4);
    }

    [Theory]
    [InlineData("source: {type: http, url: x}", "source.type", "not_available")]
    [InlineData("source: {type: google-sheets}", "source.type", "not_available")]
    [InlineData("source: {type: cvs, path: x}", "source.type", "unknown_type")]
    [InlineData("source: {type: sqlite, path: x}", "source.type", "unknown_type")]
    [InlineData("source: {path: x}", "source.type", "missing_key")]
    [InlineData("source: sellers.csv", "source", "bad_value")]
    [InlineData("source:", "source", "missing_key")]
    [InlineData("source: {type: [csv], path: x}", "source.type", "bad_value")]
    [InlineData("source: {type: csv, path: }", "source.path", "missing_value")]
    [InlineData("source: {type: csv, path: ''}", "source.path", "bad_value")]
    [InlineData("source: {type: csv, path: [a, b]}", "source.path", "bad_value")]
    [InlineData("source: {type: csv, path: x, header_row: two}", "source.header_row", "bad_value")]
    [InlineData("source: {type: csv, path: x, create: perhaps}", "source.create", "bad_value")]
    [InlineData("source: {type: csv, path: x, encoding: utf-16}", "source.encoding", "bad_value")]
    [InlineData("source: {type: csv, path: x, tables: {a: b}}", "source.tables", "bad_value")]
    [InlineData("source: {type: csv, path: x, table: forbidden}", "source.table", "bad_value")]
    [InlineData("source: {type: csv, path: x, ${A}: y}", null, "bad_yaml")]
    public void A_side_is_checked_against_its_connector(string source, string? path, string code)
    {
        var reading = Reading.Read($"name: sellers\ntarget: {{type: sqlite, path: b.db}}\n{source}\n");

        reading.Pipeline.ShouldBeNull();
        var finding = reading.Findings.ShouldHaveSingleItem();
        finding.Path.ShouldBe(path);
        finding.Code.ShouldBe(code);
        finding.Line.ShouldBe(3);
    }

    [Fact]
    public void A_list_is_read_for_an_option_of_several_values() =>
        Reading
            .Read("name: a\nsource: {type: csv, path: x, tables: [a, b*]}\ntarget: {type: sqlite, path: b}\n")
            .Pipeline.ShouldNotBeNull()
            .Source.List("tables")
            .ShouldBe(["a", "b*"]);

    [Theory]
    [InlineData("''")]
    [InlineData("'..'")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("\"a\\nb\"")]
    public void A_name_that_is_not_plain_is_refused(string name) =>
        Reading.Only(Reading.Least.Replace("name: sellers", $"name: {name}")).Path.ShouldBe("name");

    [Fact]
    public void A_misspelt_check_is_not_also_reported_as_a_rule_without_check() =>
        Reading.Finding("rules: [{name: a, column: a, matchs: x}]").Suggestion.ShouldBe("Did you mean `matches`?");

    [Fact]
    public void Findings_are_limited_in_number() =>
        Reading
            .Read(Reading.Least + string.Concat(Enumerable.Range(0, 5000).Select(i => $"k{i}: 1\n")))
            .Findings.Count.ShouldBe(200);

    [Fact]
    public void A_pipeline_built_in_code_is_checked_too()
    {
        var pipeline = Reading.Pipeline() with
        {
            Name = "",
            Verify = new VerifyDefinition { Attempts = 0 },
        };

        TrueUp
            .Pipelines.Validation.PipelineValidation.Check(pipeline, FakeConnector.Registry)
            .Select(f => f.Path)
            .ShouldBe(["name", "verify.attempts"]);
    }
}

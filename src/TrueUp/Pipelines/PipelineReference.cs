namespace TrueUp.Pipelines;

/// <summary>
/// Every key of the pipeline file: what the reader accepts and the reference lists. Sides' options are the connectors'.
/// </summary>
public static class PipelineReference
{
    /// <summary>The keys, section by section.</summary>
    public static IReadOnlyList<PipelineKey> Keys { get; } =
    [
        new("name", "What the pipeline is called: letters, digits, `_`, `-` and `.`, at most 100.")
        {
            Required = true,
            Example = "name: sellers",
        },
        new("source", "Where rows come from: a `type` and that type's options.")
        {
            Required = true,
            Example = "source: {type: csv, path: sellers.csv}",
        },
        new("target", "Where rows go to: a `type` and that type's options.")
        {
            Required = true,
            Example = "target: {type: sqlite, path: sellers.db, table: sellers}",
        },
        new("key", "The column, or the list of columns, that tells rows apart; names on the target.")
        {
            Default = "the source's primary key",
            Example = "key: [country, number]",
        },
        new("columns", "Columns whose name, type or notation differs from what the source says.")
        {
            Default = "all, as the source has them",
            Example = "columns: {inquiry_date: {from: \"Inquiry date\", type: date}}",
        },
        new(
            "other_columns",
            "Whether columns of the source that `columns` does not declare are synchronised too, under their own names."
        )
        {
            Default = "true",
            Example = "other_columns: false",
        },
        new(
            "mode",
            "What may change on the target: `mirror` (create, update, delete), `upsert` (create, update) or `append` (create)."
        )
        {
            Default = "mirror",
            Example = "mode: upsert",
        },
        new("follow", "Whether to keep following the source's change feed. Not available in this version.")
        {
            Default = "false",
            Example = "follow: false",
        },
        new("schedule", "When the pipeline runs by itself.")
        {
            Default = "on demand only",
            Example = "schedule: {every: 15m}",
        },
        new("rules", "Checks of each record.")
        {
            Default = "none",
            Example = "rules: [{name: has a name, column: name, required: true}]",
        },
        new("updated_at", "The column by which the newer of two rows wins; mode `upsert` only.")
        {
            Default = "the source wins",
            Example = "updated_at: modified",
        },
        new(
            "duplicates",
            "Several source records of one key: `refuse` all of them, or keep the `first` or the `last`. The others become dead letters."
        )
        {
            Default = "refuse",
            Example = "duplicates: last",
        },
        new(
            "new_columns",
            "A source column that the existing target table lacks: `add` it, `refuse` the run, or `ignore` it with a warning."
        )
        {
            Default = "add",
            Example = "new_columns: refuse",
        },
        new("max_deletes", "How much of the target a mirror may delete in one run: a number or a percentage.")
        {
            Default = "30%",
            Example = "max_deletes: 500",
        },
        new("max_row", "The longest row that is carried, 1KB to 1GB.") { Default = "32MB", Example = "max_row: 64MB" },
        new(
            "parallel",
            "How many units (tables) are synchronised at the same time, 1 to 64. With 1 they follow one another in the source's order. A target in SQLite has one writer, so there it is always 1."
        )
        {
            Default = "5",
            Example = "parallel: 2",
        },
        new(
            "undo",
            "Whether rows are kept in the home before they are overwritten or deleted, so that `trueup undo` can put them back."
        )
        {
            Default = "true",
            Example = "undo: false",
        },
        new("verify", "How the result is proven.")
        {
            Default = "contents, with repair",
            Example = "verify: {attempts: 5}",
        },
        new("retry", "How failures that may pass are retried.")
        {
            Default = "3 times, with growing pauses",
            Example = "retry: {attempts: 5, initial: 2s}",
        },
        new("audit", "What the audit keeps.") { Default = "changes", Example = "audit: {records: all}" },
        new(
            "witness",
            "Who outside is told of each receipt, so that the chain of receipts cannot be rewritten unnoticed."
        )
        {
            Default = "nobody",
            Example = "witness: {file: /mnt/worm/trueup.jsonl}",
        },
        new("columns.*.from", "The column's name on the source.")
        {
            Default = "its name on the target",
            Example = "from: \"Inquiry date\"",
        },
        new(
            "columns.*.type",
            "Its type: `bool`, `int16`, `int32`, `int64`, `float32`, `float64`, `decimal(12,2)`, `text`, `bytes`, `date`, `time`, `timestamp`, `timestamptz`, `interval`, `uuid` or `json`; SQL names such as `integer` and `numeric(12,2)` work too."
        )
        {
            Default = "the source's, or inferred from its values",
            Example = "type: decimal(12,2)",
        },
        new("columns.*.format", "How a text source writes dates and times, as a .NET custom format.")
        {
            Default = "ISO 8601",
            Example = "format: dd.MM.yyyy",
        },
        new("columns.*.round", "Digits after the point to which values may be rounded: the loss you accept, 0 to 30.")
        {
            Default = "none: nothing is ever rounded",
            Example = "round: 3",
        },
        new("schedule.every", "The interval, from one minute to 365 days.") { Example = "every: 15m" },
        new("schedule.cron", "A cron expression: minute, hour, day of month, month, day of week.")
        {
            Example = "cron: \"0 0 * * *\"",
        },
        new("schedule.zone", "The time zone of the cron expression, by its IANA name.")
        {
            Default = "UTC",
            Example = "zone: Europe/Berlin",
        },
        new("schedule.allow_seconds", "Whether an interval under a minute is meant.")
        {
            Default = "false",
            Example = "allow_seconds: true",
        },
        new(
            "schedule.missed",
            "What becomes of times at which no server was there: `run` once as soon as one is, or `skip` them."
        )
        {
            Default = "run",
            Example = "missed: skip",
        },
        new("schedule.verify_only", "Whether the schedule only compares both sides, and writes nothing.")
        {
            Default = "false",
            Example = "verify_only: true",
        },
        new("rules[].name", "What people call the rule.") { Required = true, Example = "name: number format" },
        new("rules[].column", "The column it is about, by its name on the target.")
        {
            Default = "with `exists`: the other table's column",
            Example = "column: seller_number",
        },
        new("rules[].required", "The value must not be null.") { Default = "false", Example = "required: true" },
        new("rules[].matches", "The value must match this regular expression (.NET, culture invariant).")
        {
            Example = "matches: '^AA\\d+$'",
        },
        new("rules[].min", "The value must not be below this.") { Example = "min: 0" },
        new("rules[].max", "The value must not be above this.") { Example = "max: 100" },
        new("rules[].one_of", "The value must be one of these.") { Example = "one_of: [new, open, closed]" },
        new("rules[].unique", "No two records may have the same value.")
        {
            Default = "false",
            Example = "unique: true",
        },
        new("rules[].exists", "A row with the same value must exist in another table of the target.")
        {
            Example = "exists: {table: properties, column: seller_number}",
        },
        new("rules[].when", "Check only records where this column is true, or is neither null nor empty.")
        {
            Default = "every record",
            Example = "when: has_property",
        },
        new(
            "rules[].on_fail",
            "`skip`: the record is not synchronised and becomes a dead letter. `report`: it is, and an integrity issue is reported."
        )
        {
            Default = "skip; with `exists`: report",
            Example = "on_fail: report",
        },
        new("rules[].exists.table", "The other table on the target.")
        {
            Required = true,
            Example = "table: properties",
        },
        new("rules[].exists.column", "Its column that must have the value.")
        {
            Required = true,
            Example = "column: seller_number",
        },
        new("verify.content", "Whether contents are compared; only true is available in this version.")
        {
            Default = "true",
            Example = "content: true",
        },
        new("verify.repair", "Whether what a proof finds is repaired.") { Default = "true", Example = "repair: false" },
        new("verify.attempts", "How often repair is tried before the run fails, 1 to 10.")
        {
            Default = "3",
            Example = "attempts: 5",
        },
        new(
            "verify.throttle",
            "The share of the time that digesting may take, 1% to 100%: below 100% it goes range by range with pauses between."
        )
        {
            Default = "100%",
            Example = "throttle: 25%",
        },
        new(
            "verify.allow_unproven",
            "How many dead-lettered records the verdict may overlook: a number or a percentage."
        )
        {
            Default = "0",
            Example = "allow_unproven: 0.1%",
        },
        new(
            "verify.self_test",
            "`daily`: at most once in 24 hours a run or verification also tests the verifier on a canary table of its own in the target's store; `off`: never."
        )
        {
            Default = "off",
            Example = "self_test: daily",
        },
        new("retry.attempts", "Retries after the first try, 0 to 20.") { Default = "3", Example = "attempts: 5" },
        new("retry.initial", "The pause before the first retry, 1ms to 1h.")
        {
            Default = "1s",
            Example = "initial: 500ms",
        },
        new("retry.factor", "By how much each pause is longer than the one before, 1 to 10.")
        {
            Default = "2",
            Example = "factor: 1.5",
        },
        new("retry.max", "The longest pause, up to 1h.") { Default = "30s", Example = "max: 2m" },
        new("witness.file", "A file that gets a line for each receipt: best where TrueUp's operator can only append.")
        {
            Example = "file: /mnt/worm/trueup.jsonl",
        },
        new("witness.webhook", "An address that is sent the same line as JSON: https, or http on this machine.")
        {
            Example = "webhook: \"${WITNESS_URL}\"",
        },
        new("audit.records", "Which records are listed one by one: `all`, `changes` or `failures`.")
        {
            Default = "changes",
            Example = "records: failures",
        },
    ];

    /// <summary>Names of the keys of one mapping, for example of <c>rules[]</c>.</summary>
    public static IReadOnlyList<string> NamesIn(string section) =>
        [.. Keys.Where(k => string.Equals(k.Section, section, StringComparison.Ordinal)).Select(k => k.Name)];
}

using TrueUp.Pipelines;
using TrueUp.Proofs.SelfTests;
using TrueUp.Runs;
using TrueUp.Store.Audit;
using TrueUp.Store.Database;

namespace TrueUp.Store.Queries;

/// <summary>Finds runs.</summary>
public sealed class RunQueries
{
    /// <summary>Differences that the details of a run list.</summary>
    public const int GapsMax = 1000;

    private const int KeyPage = 200;

    private const string Columns = """
        id, pipeline, status, trigger_source, triggered_by, mode, verify_only, dry_run, start_time, end_time,
        success_count, failure_count, verdict, counts, phases, error_code, error_message, undone_run,
        verification_result ->> 'only_units' AS only_units
        """;

    /// <summary>Whether the database knows that a run recorded a key; if not, its segment files may.</summary>
    private const string KnowsKey = """
        (EXISTS (SELECT 1 FROM sync_record_logs r WHERE r.record_key = @key AND r.audit_log_id = l.id)
            OR EXISTS (SELECT 1 FROM gaps g WHERE g.record_key = @key AND g.audit_log_id = l.id)
            OR EXISTS (SELECT 1 FROM sync_error_log e WHERE e.record_key = @key AND e.audit_log_id = l.id)
            OR EXISTS (SELECT 1 FROM dead_letters d
                WHERE d.record_key = @key AND (d.last_run_id = l.id OR d.first_run_id = l.id)))
        """;

    private readonly StoreContext _context;
    private readonly RecordQueries _records;

    internal RunQueries(StoreContext context, RecordQueries records)
    {
        _context = context;
        _records = records;
    }

    /// <summary>The runs that match, newest first.</summary>
    public async ValueTask<Page<RunSummary>> ListAsync(RunQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        var found = query.Key is null
            ? (await PageAsync(query, query.Limit + 1, query.After, cancellationToken)).ConvertAll(candidate =>
                candidate.Run
            )
            : await WithKeyAsync(query, cancellationToken);
        return found.Count > query.Limit
            ? new Page<RunSummary>(found[..query.Limit], found[query.Limit - 1].RunId)
            : new Page<RunSummary>(found, null);
    }

    /// <summary>Everything about one run, or null when there is none of that identifier.</summary>
    public async ValueTask<RunDetails?> GetAsync(string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        var parameters = new { runId, gapsMax = GapsMax };
        var found = await _context.Database.QueryAsync(
            $"""
            SELECT {Columns}, verification_result, self_test, pipeline_file, pipeline_hash, error_suggestion, findings,
                (SELECT count(*) FROM sync_error_log WHERE audit_log_id = @runId) AS errors
            FROM sync_audit_logs WHERE id = @runId
            """,
            parameters,
            ReadDetails,
            cancellationToken
        );
        if (found.Count == 0)
        {
            return null;
        }
        return found[0] with
        {
            Units = await _context.Database.QueryAsync(
                "SELECT * FROM sync_unit_results WHERE sync_execution_id = @runId ORDER BY id",
                parameters,
                ReadUnit,
                cancellationToken
            ),
            Recoveries = await _context.Database.QueryAsync(
                "SELECT * FROM recoveries WHERE audit_log_id = @runId ORDER BY id",
                parameters,
                ReadRecovery,
                cancellationToken
            ),
            Gaps = await _context.Database.QueryAsync(
                "SELECT * FROM gaps WHERE audit_log_id = @runId ORDER BY id LIMIT @gapsMax",
                parameters,
                ReadGap,
                cancellationToken
            ),
        };
    }

    /// <summary>
    /// The phases of the last completed runs of a pipeline that were no verification, rehearsal or undo and left no
    /// unit out, newest first: what a run's times are compared with (P27).
    /// </summary>
    public async ValueTask<IReadOnlyList<PhaseDurations>> PhasesAsync(
        string pipeline,
        int limit,
        CancellationToken cancellationToken
    ) => await PhaseHistory.ReadAsync(_context, pipeline, limit, cancellationToken);

    private async ValueTask<List<RunSummary>> WithKeyAsync(RunQuery query, CancellationToken cancellationToken)
    {
        var found = new List<RunSummary>();
        var after = query.After;
        while (found.Count <= query.Limit)
        {
            var page = await PageAsync(query, KeyPage, after, cancellationToken);
            foreach (var (run, knowsKey) in page)
            {
                if (found.Count <= query.Limit && (knowsKey || _records.Contains(run.RunId, query.Key!)))
                {
                    found.Add(run);
                }
            }
            if (page.Count < KeyPage)
            {
                break;
            }
            after = page[^1].Run.RunId;
        }
        return found;
    }

    private async ValueTask<List<(RunSummary Run, bool KnowsKey)>> PageAsync(
        RunQuery query,
        int limit,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var conditions = new Conditions(_context.Database)
            .Equal("pipeline", query.Pipeline)
            .In("pipeline", query.Among)
            .Equal("status", query.State is { } state ? RunStates.Name(state) : null)
            .When(query.Succeeded, "status = 'completed'", "status IN ('failed', 'cancelled')")
            .Equal("verdict", query.Verdict?.ToString().ToLowerInvariant())
            .Equal("trigger_source", query.Trigger?.ToString().ToLowerInvariant())
            .From("start_time", query.From)
            .To("start_time", query.To)
            .Add("id < {0}", after);
        conditions.Parameters.Add("@key", _context.Database.Key(query.Key));
        conditions.Parameters.Add("@limit", limit);
        var knowsKey = query.Key is null ? "1 = 0" : KnowsKey;
        return await _context.Database.QueryAsync(
            $"""
            SELECT {Columns}, {knowsKey} AS knows_key FROM sync_audit_logs l {conditions.Where}
            ORDER BY id DESC LIMIT @limit
            """,
            conditions.Parameters,
            row => (Read(row), row.Flag("knows_key")),
            cancellationToken
        );
    }

    private static RunSummary Read(RowReader row) =>
        new()
        {
            RunId = row.Text("id"),
            Pipeline = row.Text("pipeline"),
            Status = RunStates.Parse(row.Text("status")),
            Trigger = row.Name<TriggerSource>("trigger_source"),
            TriggeredBy = row.TextOrNull("triggered_by"),
            Mode = row.Name<SyncMode>("mode"),
            VerifyOnly = row.Flag("verify_only"),
            DryRun = row.Flag("dry_run"),
            StartedAt = row.Time("start_time"),
            FinishedAt = row.TimeOrNull("end_time"),
            SuccessCount = row.Number("success_count"),
            FailureCount = row.Number("failure_count"),
            Verdict = row.TextOrNull("verdict") is null ? null : row.Name<Verdict>("verdict"),
            Counts = row.TextOrNull("counts") is { } counts ? StoreJson.Read<RunCounts>(counts) : null,
            Phases = row.TextOrNull("phases") is { } phases ? StoreJson.Read<PhaseDurations>(phases) : null,
            ErrorCode = row.TextOrNull("error_code"),
            ErrorMessage = row.TextOrNull("error_message"),
            UndoneRun = row.TextOrNull("undone_run"),
            OnlyUnits = row.TextOrNull("only_units") is { } units ? StoreJson.Read<List<string>>(units) : null,
        };

    private static RunDetails ReadDetails(RowReader row) =>
        new(Read(row))
        {
            Verification = row.TextOrNull("verification_result") is { } result
                ? StoreJson.Read<VerificationResult>(result)
                : null,
            SelfTest = row.TextOrNull("self_test") is { } test ? StoreJson.Read<SelfTestResult>(test) : null,
            PipelineFile = row.TextOrNull("pipeline_file"),
            PipelineHash = row.TextOrNull("pipeline_hash"),
            ErrorSuggestion = row.TextOrNull("error_suggestion"),
            Findings = row.TextOrNull("findings") is { } findings ? StoreJson.Read<List<Finding>>(findings) : [],
            ErrorCount = row.Number("errors"),
        };

    private static UnitResult ReadUnit(RowReader row) =>
        new(
            row.Text("unit"),
            row.Name<RunStatus>("status"),
            row.Name<Verdict>("verdict"),
            StoreJson.Read<RunCounts>(row.Text("counts")),
            StoreJson.Read<VerificationResult>(row.Text("verification_result")),
            StoreJson.Read<List<Finding>>(row.Text("warnings"))
        )
        {
            ErrorMessage = row.TextOrNull("error_message"),
            Retries = (int)row.Number("retry_attempt"),
        };

    private static RecoveryEntry ReadRecovery(RowReader row) =>
        new(
            row.Text("unit"),
            row.Text("action"),
            (int)row.Number("attempt"),
            row.Text("reason"),
            row.FlagOrNull("succeeded"),
            row.Time("occurred_at")
        );

    private static GapEntry ReadGap(RowReader row) =>
        new(
            row.Text("unit"),
            row.Text("kind"),
            row.TextOrNull("record_key"),
            row.TextOrNull("column_names") is { } columns ? StoreJson.Read<List<string>>(columns) : [],
            row.Number("others"),
            row.Time("found_at")
        );
}

using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using TrueUp.Audit;
using TrueUp.Digests;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Proofs.SelfTests;

/// <summary>
/// The verifier tests itself where it works: a canary table of its own on the target's store is filled by a real run,
/// damaged through the target's own writer, one kind at a time, and verified. What is not found here would not be
/// found in the user's table either.
/// </summary>
internal sealed class SelfTest(ConnectorRegistry connectors, TimeProvider clock)
{
    private readonly Random _random = new(RandomNumberGenerator.GetInt32(int.MaxValue));

    /// <summary>Tests; the canary is gone afterwards.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<SelfTestResult> RunAsync(SideDefinition target, CancellationToken cancellationToken)
    {
        var name = ICanaryTarget.NamePrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        if (
            connectors.Find(target.Type, SideRole.Target) is not { } connector
            || connector.Canary(target, name) is not { } side
        )
        {
            return Impossible($"a target of type '{target.Type}' takes no canary");
        }
        var rows = CanaryRows.Make(_random);
        var pipeline = new PipelineDefinition
        {
            Name = name,
            Source = new SideDefinition(CanaryConnector.Type),
            Target = side,
            Key = [CanaryRows.Columns[0].Name],
            MaxDeletes = Allowance.OfPercent(100),
            Retry = new RetryDefinition { Attempts = 0 },
        };
        var engine = new SyncEngine(
            new ConnectorRegistry([new CanaryConnector(rows), connector]),
            new SilentAudit(name),
            clock,
            NullLogger.Instance
        );
        try
        {
            await using var canary = connector.OpenTarget(side);
            try
            {
                return await TestAsync(engine, pipeline, canary, rows, cancellationToken);
            }
            finally
            {
                await DropAsync(canary, name);
            }
        }
        catch (Exception error) when (error is SideException or RunException)
        {
            return Impossible(error.Message);
        }
    }

    private async Task<SelfTestResult> TestAsync(
        SyncEngine engine,
        PipelineDefinition pipeline,
        ITarget canary,
        IReadOnlyList<string?[]> rows,
        CancellationToken cancellationToken
    )
    {
        var filled = await engine.RunAsync(pipeline, new RunOptions(), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (!filled.IsProven)
        {
            return Impossible(
                $"the canary could not be filled: {filled.Error?.Message ?? $"{filled.Verification.Verdict}"}"
            );
        }
        await using var source = new CanaryConnector(rows).OpenSource(pipeline.Source);
        var plan = (await new Planner(pipeline, source, canary, verifyOnly: false).PlanAsync(cancellationToken)).Rows;
        var problems = new List<string>();
        var detected = 0;
        foreach (var damage in CanaryDamage.All)
        {
            var changes = damage.Change(rows, _random);
            if (!await DamageAsync(canary, pipeline.Name, plan, changes, cancellationToken))
            {
                problems.Add($"{damage.Name}: could not be done");
                continue;
            }
            var found = await engine.VerifyAsync(pipeline, new RunOptions(), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (Names(found, changes))
            {
                detected++;
            }
            else
            {
                problems.Add(
                    $"{damage.Name}: {(found.IsProven ? "not found" : found.Error?.Message ?? "wrong rows named")}"
                );
            }
            var repaired = await engine.RunAsync(pipeline, new RunOptions(), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (!repaired.IsProven)
            {
                problems.Add($"{damage.Name}: not repaired");
            }
        }
        var clean = await engine.VerifyAsync(pipeline, new RunOptions(), cancellationToken);
        if (!clean.IsProven)
        {
            problems.Add("a difference was found where there is none");
        }
        return new SelfTestResult(problems.Count == 0, CanaryDamage.All.Count, detected) { Problems = problems };
    }

    private async Task<bool> DamageAsync(
        ITarget canary,
        string name,
        RowPlan plan,
        IReadOnlyList<CanaryChange> changes,
        CancellationToken cancellationToken
    )
    {
        await using var writer = await canary.BeginAsync(name, name, after: null, plan, cancellationToken);
        var kind = changes[0].Kind;
        var seed = _random.NextInt64();
        using var before = Batch(plan.Schema, changes.Select(c => c.Before));
        using var after = Batch(plan.Schema, changes.Select(c => c.After));
        using var keys = Keys(plan, before);
        var hasher = new RowHasher(plan.Schema);
        var expected = new long[changes.Count];
        for (var i = 0; i < expected.Length; i++)
        {
            expected[i] = hasher.HashRow(before.Row(i), seed);
        }
        var conflicts = await writer.ApplyAsync(
            new ChangeBatch(
                kind,
                kind == ChangeKind.Delete ? keys : after,
                kind == ChangeKind.Create ? default : expected,
                seed
            ),
            cancellationToken
        );
        return conflicts.Count == 0;
    }

    private static RowBatch Batch(RowSchema schema, IEnumerable<string?[]> rows)
    {
        using var builder = new RowBatchBuilder(schema);
        foreach (var row in rows)
        {
            CanaryRows.Write(builder, schema, row, 0);
        }
        return builder.Build();
    }

    private static RowBatch Keys(RowPlan plan, RowBatch rows)
    {
        using var builder = new RowBatchBuilder(plan.KeySchema);
        for (var i = 0; i < rows.Count; i++)
        {
            DigestRow.WriteKey(builder, plan, rows.Row(i));
        }
        return builder.Build();
    }

    private static bool Names(RunOutcome found, IReadOnlyList<CanaryChange> changes)
    {
        var differences = found.Verification.Differences;
        return found is { Error: null, Verification.Verdict: Verdict.Failed }
            && differences
                .Gaps.Shown.Concat(differences.Drift.Shown.Select(d => d.Key))
                .Concat(differences.Extra.Shown)
                .ToHashSet(StringComparer.Ordinal)
                .SetEquals(changes.Select(c => c.Key));
    }

    // Even a test that was cancelled leaves nothing behind.
    private static async ValueTask DropAsync(ITarget canary, string name)
    {
        if (canary is ICanaryTarget own)
        {
            await own.DropCanaryAsync(name, CancellationToken.None);
        }
    }

    private static SelfTestResult Impossible(string reason) =>
        new(Passed: false, CanaryDamage.All.Count, Detected: 0) { Problems = [$"it could not be made: {reason}"] };
}

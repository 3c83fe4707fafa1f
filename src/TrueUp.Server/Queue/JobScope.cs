using System.Collections;

namespace TrueUp.Server.Queue;

/// <summary>
/// What every entry of the log says that is written while a job runs: whose it is. The run has its name only some time
/// after the job began.
/// </summary>
internal sealed class JobScope(RunningJob running) : IEnumerable<KeyValuePair<string, object?>>
{
    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return new("run_id", running.RunId);
        yield return new("pipeline", running.Job.Pipeline);
        yield return new("job_id", running.Job.Id);
        yield return new("actor", running.Job.TriggeredBy);
    }

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

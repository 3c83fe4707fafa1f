using System.CommandLine;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>Asks for a job to be stopped.</summary>
internal sealed class CancelCommand : RemoteCommand
{
    private readonly Argument<string> _job = new("JOB") { Description = "The job, as `trueup trigger` names it" };

    /// <param name="runner">Runs it.</param>
    public CancelCommand(CommandRunner runner)
        : base(runner, "cancel", "Cancel a job that waits, or stop one that runs at its next safe point") => Add(_job);

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples => ["trueup cancel 01KAJ3T8ZV6Q0W9M2N4B5C6D7E"];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> AskAsync(
        ServerClient client,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var path = $"sync-admin/jobs/{ServerClient.Segment(invocation.Get(_job))}/cancel";
        var job = await client.SendAsync(HttpMethod.Post, path, null, cancellationToken);
        return new CommandOutcome(ExitCodes.Success, JobText.Of(job)) { Result = job };
    }
}

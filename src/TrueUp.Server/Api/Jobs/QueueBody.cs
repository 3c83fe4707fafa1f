namespace TrueUp.Server.Api.Jobs;

/// <summary>The queue.</summary>
/// <param name="Places">Runs all servers take together.</param>
/// <param name="Running">Jobs that run.</param>
/// <param name="Waiting">Jobs that wait, in the order in which they will be taken; the first thousand.</param>
internal sealed record QueueBody(int Places, IReadOnlyList<JobBody> Running, IReadOnlyList<QueueEntryBody> Waiting);

namespace TrueUp.Cli.Results;

/// <summary>What <c>doctor</c> found.</summary>
/// <param name="Pipeline">The pipeline's name, or null when its file cannot be read.</param>
/// <param name="Checks">The checks in their order.</param>
/// <param name="WouldChange">What a run would do now, or null when that is not known.</param>
internal sealed record DoctorResult(string? Pipeline, IReadOnlyList<CheckBody> Checks, CountsBody? WouldChange);

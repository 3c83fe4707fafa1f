namespace TrueUp.Server.Health;

/// <summary>The answer of <c>/health/live</c> and <c>/health/ready</c>.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c>, or what it is not.</param>
/// <param name="Reasons">Why not, as codes.</param>
internal sealed record ReadyBody(string Status, IReadOnlyList<string> Reasons);

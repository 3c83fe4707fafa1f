namespace TrueUp.Server.Health;

/// <summary>One check of <c>/health</c>.</summary>
internal sealed record CheckBody(string Status, string Message, double ResponseTimeMs);

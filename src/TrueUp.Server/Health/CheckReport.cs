namespace TrueUp.Server.Health;

/// <summary>One check of a report.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Result">What that came to.</param>
/// <param name="ResponseTime">How long it took.</param>
/// <param name="IsVital">Whether the server cannot work without it.</param>
internal sealed record CheckReport(string Name, ProbeResult Result, TimeSpan ResponseTime, bool IsVital);

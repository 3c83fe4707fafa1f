using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.Receipts;

/// <summary>Whose receipts are to be checked.</summary>
internal sealed record CheckBody : IRequestBody
{
    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>How many of the newest, from 1 to 1000.</summary>
    public int Limit { get; init; } = 100;
}

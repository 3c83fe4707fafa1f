using TrueUp.Server.Security;
using TrueUp.Store.Access;

namespace TrueUp.Server.Api.Access;

/// <summary>A key as administrators see it.</summary>
internal sealed record KeyBody
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Role { get; init; }
    public required IReadOnlyList<string>? Pipelines { get; init; }
    public required string Prefix { get; init; }

    /// <summary><c>active</c>, <c>replaced</c> (valid for a while yet), <c>expired</c> or <c>revoked</c>.</summary>
    public required string State { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset? ExpiresAt { get; init; }
    public required DateTimeOffset? RevokedAt { get; init; }
    public required string? RevokedBy { get; init; }
    public required string? ReplacedBy { get; init; }
    public required DateTimeOffset? LastUsedAt { get; init; }

    public static KeyBody Of(ApiKey key, DateTimeOffset now) =>
        new()
        {
            Id = key.Id,
            Name = key.Name,
            Role = Roles.Of(key.Role),
            Pipelines = key.Pipelines,
            Prefix = key.Prefix,
            State = StateOf(key, now),
            CreatedAt = key.CreatedAt,
            CreatedBy = key.CreatedBy,
            ExpiresAt = key.ExpiresAt,
            RevokedAt = key.RevokedAt,
            RevokedBy = key.RevokedBy,
            ReplacedBy = key.ReplacedBy,
            LastUsedAt = key.LastUsedAt,
        };

    private static string StateOf(ApiKey key, DateTimeOffset now) =>
        key.RevokedAt is not null ? "revoked"
        : !key.IsUsableAt(now) ? "expired"
        : key.ReplacedBy is not null ? "replaced"
        : "active";
}

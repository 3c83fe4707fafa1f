using TrueUp.Store.Database;

namespace TrueUp.Store.Access;

/// <summary>Rows of <c>api_keys</c>.</summary>
internal static class KeyRows
{
    public static string Insert(ControlDatabase database) =>
        $"""
            INSERT INTO api_keys (id, name, role, pipelines, prefix, hash, created_at, created_by, expires_at)
            VALUES (@id, @name, @role, {database.Json(
                "@pipelines"
            )}, @prefix, @hash, @createdAt, @createdBy, @expiresAt)
            """;

    public static object Parameters(ApiKey key, KeyText text, ControlDatabase database) =>
        new
        {
            id = key.Id,
            name = key.Name,
            role = Name(key.Role),
            pipelines = key.Pipelines is null ? null : StoreJson.Write(key.Pipelines),
            prefix = key.Prefix,
            hash = Convert.ToHexStringLower(text.Hash),
            createdAt = database.Time(key.CreatedAt),
            createdBy = key.CreatedBy,
            expiresAt = key.ExpiresAt is { } end ? database.Time(end) : null,
        };

    public static ApiKey Read(RowReader row) =>
        new()
        {
            Id = row.Text("id"),
            Name = row.Text("name"),
            Role = row.Name<AccessRole>("role"),
            Pipelines = row.TextOrNull("pipelines") is { } names ? StoreJson.Read<List<string>>(names) : null,
            Prefix = row.Text("prefix"),
            CreatedAt = row.Time("created_at"),
            CreatedBy = row.Text("created_by"),
            ExpiresAt = row.TimeOrNull("expires_at"),
            RevokedAt = row.TimeOrNull("revoked_at"),
            RevokedBy = row.TextOrNull("revoked_by"),
            ReplacedBy = row.TextOrNull("replaced_by"),
            LastUsedAt = row.TimeOrNull("last_used_at"),
        };

    public static string Name(AccessRole role) => role.ToString().ToLowerInvariant();
}

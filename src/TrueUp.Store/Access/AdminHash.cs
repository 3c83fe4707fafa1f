using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TrueUp.Store.Access;

/// <summary>
/// What links the entries of the trail. The hash of an entry is SHA-256 of this JSON in UTF-8, without spaces, members
/// in this order, the details ordered by name (by code unit), only what JSON demands escaped:
/// <c>{"id":1,"occurred_at":"2026-03-01T12:00:00.000000Z","actor":…,"role":…,"address":…,"action":…,"object":…,
/// "details":{…},"previous_hash":…}</c>.
/// </summary>
public static class AdminHash
{
    /// <summary>What stands for the entry before the first.</summary>
    public static readonly string None = new('0', 64);

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The hash an entry should have, in hexadecimal.</summary>
    public static string Of(long id, DateTimeOffset occurredAt, AdminAction action, string previousHash)
    {
        ArgumentNullException.ThrowIfNull(action);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(json, id, occurredAt, action, previousHash);
        }
        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void Write(
        Utf8JsonWriter json,
        long id,
        DateTimeOffset occurredAt,
        AdminAction action,
        string previousHash
    )
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteString(
            "occurred_at",
            occurredAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)
        );
        json.WriteString("actor", action.Actor);
        json.WriteString("role", action.Role);
        json.WriteString("address", action.Address);
        json.WriteString("action", action.Action);
        json.WriteString("object", action.Object);
        json.WriteStartObject("details");
        foreach (var (name, value) in action.Details.OrderBy(detail => detail.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }
        json.WriteEndObject();
        json.WriteString("previous_hash", previousHash);
        json.WriteEndObject();
    }
}

using System.Text;
using TrueUp.Audit;
using TrueUp.Store.Database;

namespace TrueUp.Store.Access;

/// <summary>Rows of <c>admin_audit</c>, and what may stand in them.</summary>
internal static class AdminRows
{
    private const int DetailsMax = 32;
    private const int NameMax = 200;
    private const int TextMax = 1000;

    public static string Insert(ControlDatabase database) =>
        $"""
            INSERT INTO admin_audit
                (id, occurred_at, actor, role, address, action, object, details, previous_hash, hash)
            VALUES (@id, @occurredAt, @actor, @role, @address, @action, @object, {database.Json("@details")},
                @previousHash, @hash)
            """;

    public static object Parameters(AdminEntry entry, ControlDatabase database) =>
        new
        {
            id = entry.Id,
            occurredAt = database.Time(entry.OccurredAt),
            actor = entry.Action.Actor,
            role = entry.Action.Role,
            address = entry.Action.Address,
            action = entry.Action.Action,
            @object = entry.Action.Object,
            details = StoreJson.Write(entry.Action.Details),
            previousHash = entry.PreviousHash,
            hash = entry.Hash,
        };

    public static AdminEntry Read(RowReader row) =>
        new(
            row.Number("id"),
            row.Time("occurred_at"),
            new AdminAction(row.Text("actor"), row.Text("action"), row.Text("object"))
            {
                Role = row.Text("role"),
                Address = row.Text("address"),
                Details = StoreJson.Read<Dictionary<string, string>>(row.Text("details")),
            },
            row.Text("previous_hash"),
            row.Text("hash")
        );

    /// <summary>An action as both dialects give it back: bounded, without secrets, without what is no text.</summary>
    public static AdminAction Storable(AdminAction action) =>
        action with
        {
            // Names of keys and users are what the trail is about, and are no secrets.
            Actor = Text(action.Actor, NameMax),
            Role = Text(action.Role, NameMax),
            Address = Text(action.Address, NameMax),
            Action = Text(Redaction.Clean(action.Action), NameMax),
            Object = Text(Redaction.Clean(action.Object), TextMax),
            Details = action
                .Details.OrderBy(detail => detail.Key, StringComparer.Ordinal)
                .Take(DetailsMax)
                .Select(detail => (Name: Text(detail.Key, NameMax), Value: Redaction.Clean(detail.Value)))
                .DistinctBy(detail => detail.Name, StringComparer.Ordinal)
                .ToDictionary(detail => detail.Name, detail => Text(detail.Value, TextMax)),
        };

    private static string Text(string text, int max)
    {
        var clean = new StringBuilder(Math.Min(text.Length, max));
        foreach (var rune in text.EnumerateRunes())
        {
            // Halves of characters are U+FFFD here already; PostgreSQL holds no NUL.
            var kept = rune.Value == 0 ? Rune.ReplacementChar : rune;
            if (clean.Length + kept.Utf16SequenceLength > max)
            {
                break;
            }
            clean.Append(kept.ToString());
        }
        return clean.ToString();
    }
}

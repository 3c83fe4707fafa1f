using System.Text.Json;

namespace TrueUp.Store.Retention;

/// <summary>A row in the archive.</summary>
/// <param name="Table">The table it was in.</param>
/// <param name="Row">Its columns by name; JSON columns are texts.</param>
internal sealed record ArchivedRow(string Table, JsonElement Row);

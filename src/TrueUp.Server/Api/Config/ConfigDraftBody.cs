using System.Text.Json;
using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.Config;

/// <summary>Settings to try out: a text for the file, values for the control database.</summary>
internal sealed record ConfigDraftBody(string? Text, IReadOnlyDictionary<string, JsonElement>? Values) : IRequestBody;

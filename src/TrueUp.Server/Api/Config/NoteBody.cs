using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.Config;

/// <summary>Why something is done.</summary>
internal sealed record NoteBody(string? Note) : IRequestBody;

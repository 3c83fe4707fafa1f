using TrueUp.Sides;

namespace TrueUp.Testing.Simulation;

/// <summary>What stores say when they fail here.</summary>
internal static class SimulatedErrors
{
    public static readonly IReadOnlyList<string> Codes = ["connection_broken", "protocol_broken", "permission_denied"];

    public static SideException Broken() => Of(ErrorType.Network, Codes[0], "the connection broke", isTransient: true);

    public static SideException Garbled(bool isTransient) =>
        Of(ErrorType.Network, Codes[1], "the answer makes no sense", isTransient);

    public static SideException Denied() => Of(ErrorType.Database, Codes[2], "permission denied", isTransient: false);

    public static SideException SourceChanged() =>
        Of(ErrorType.Validation, "source_changed", "the source changed while it was read", isTransient: true);

    private static SideException Of(ErrorType type, string code, string message, bool isTransient) =>
        new(type, message, "Run again.") { Code = code, IsTransient = isTransient };
}

using TrueUp.Rows;

namespace TrueUp.Connectors.Files.Conversion;

/// <summary>The carriers that texts can be given in.</summary>
internal static class Carriers
{
    /// <summary>
    /// Every type that has a notation of its own: a text that is no value of it is that record's fault. Not jsonb,
    /// which would not give the text back, and no type that only a database knows.
    /// </summary>
    public static bool CanGive(LogicalType carrier) =>
        carrier.Kind switch
        {
            LogicalKind.Raw => false,
            LogicalKind.Json => !string.Equals(carrier.Native, "jsonb", StringComparison.Ordinal),
            _ => true,
        };
}

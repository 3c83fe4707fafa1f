using TrueUp.Pipelines;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Pipelines;

/// <summary>What became of a change of a pipeline file.</summary>
/// <param name="Result">In a word.</param>
/// <param name="Hash">The version the file has now; null for no file.</param>
/// <param name="Findings">What is wrong with the change.</param>
internal sealed record EditOutcome(ChangeResult Result, string? Hash, IReadOnlyList<Finding> Findings)
{
    public static EditOutcome Of(ChangeResult result, string? hash = null) => new(result, hash, []);

    public static EditOutcome Invalid(string path, string code, string message, string suggestion) =>
        new(ChangeResult.Invalid, null, [new Finding(code, message, suggestion) { Path = path }]);
}

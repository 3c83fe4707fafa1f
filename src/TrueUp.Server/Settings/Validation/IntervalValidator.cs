using TrueUp.Pipelines;
using TrueUp.Pipelines.Validation;

namespace TrueUp.Server.Settings.Validation;

/// <summary>Intervals are whole minutes, at least one, of pipelines that could be (P42).</summary>
internal sealed class IntervalValidator : ISettingsValidator
{
    private const int MinutesMax = 365 * 24 * 60;

    public IEnumerable<Finding> Check(SettingsDocument document) =>
        document.Settings.Intervals.SelectMany(interval =>
        {
            var path = $"intervals.{interval.Key}";
            return NameValidator.IsPlain(interval.Key)
                ? SettingsValidation.Range(path, (int)interval.Value.TotalMinutes, 1, MinutesMax)
                :
                [
                    new Finding("bad_value", $"`{path}` is not about a pipeline.", "Write a pipeline's name.")
                    {
                        Path = path,
                    },
                ];
        });
}

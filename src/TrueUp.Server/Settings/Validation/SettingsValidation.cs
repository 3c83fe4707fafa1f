using TrueUp.Pipelines;

namespace TrueUp.Server.Settings.Validation;

/// <summary>Checks settings, wherever they come from.</summary>
internal static class SettingsValidation
{
    private static readonly ISettingsValidator[] Validators =
    [
        new ListenValidator(),
        new WorkValidator(),
        new IntervalValidator(),
        new RetentionValidator(),
        new LogValidator(),
        new HealthValidator(),
        new AlertingValidator(),
        new LimitValidator(),
    ];

    /// <summary>Everything that is wrong with them.</summary>
    public static IReadOnlyList<Finding> Check(SettingsDocument document) =>
        [.. Validators.SelectMany(validator => validator.Check(document))];

    /// <summary>The finding about a value that is not between two others, if it is not.</summary>
    public static IEnumerable<Finding> Range<T>(string path, T value, T min, T max, Func<T, string>? text = null)
        where T : IComparable<T>
    {
        text ??= number => $"{number}";
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            yield return new Finding(
                "bad_value",
                $"`{path}` is not between {text(min)} and {text(max)}.",
                $"Write a value between {text(min)} and {text(max)}."
            )
            {
                Path = path,
            };
        }
    }
}

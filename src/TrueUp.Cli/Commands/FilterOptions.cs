using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using TrueUp.Pipelines;
using TrueUp.Pipelines.Reading;

namespace TrueUp.Cli.Commands;

/// <summary>Options that several lists are filtered by.</summary>
internal static class FilterOptions
{
    private const int LimitMax = 10_000;

    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK",
    ];

    /// <summary>Of one pipeline.</summary>
    public static Option<string?> Pipeline() =>
        new("--pipeline") { Description = "Only this pipeline's", HelpName = "NAME" };

    /// <summary>About one record.</summary>
    /// <param name="except">What it does not go with.</param>
    public static Option<string?> Key(string except = "") =>
        new("--key") { Description = $"Only about the record of this key{except}", HelpName = "KEY" };

    /// <summary>From a time on.</summary>
    public static Option<DateTimeOffset?> Since(TimeProvider clock) =>
        Time("--since", "From this time on: 2026-01-31, 2026-01-31T08:00Z, or 24h for the last day", clock);

    /// <summary>Before a time.</summary>
    public static Option<DateTimeOffset?> Until(TimeProvider clock) =>
        Time("--until", "Before this time; a date or a time, as for --since", clock);

    /// <summary>A time as a server takes it, or null.</summary>
    public static string? Text(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>How many at most.</summary>
    public static Option<int> Limit()
    {
        var option = new Option<int>("--limit")
        {
            Description = $"How many at most, 1 to {LimitMax}",
            HelpName = "N",
            DefaultValueFactory = _ => 50,
        };
        option.Validators.Add(result =>
        {
            if (
                result.Tokens is [var token]
                && !(int.TryParse(token.Value, out var limit) && limit is >= 1 and <= LimitMax)
            )
            {
                result.AddError($"--limit is a number from 1 to {LimitMax}.");
            }
        });
        return option;
    }

    /// <summary>Where the next page begins.</summary>
    public static Option<string?> After() =>
        new("--after") { Description = "Go on after a page: the result's next", HelpName = "NEXT" };

    /// <summary>One of an enumeration's names.</summary>
    public static Option<T?> Choice<T>(string name, string description)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().ToDictionary(SnakeCase, Enum.Parse<T>, StringComparer.OrdinalIgnoreCase);
        return new Option<T?>(name)
        {
            Description = $"{description}: {string.Join(", ", names.Keys)}",
            HelpName = name.TrimStart('-').ToUpperInvariant(),
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (names.TryGetValue(text, out var value))
                {
                    return value;
                }
                result.AddError($"{name}: there is no '{text}'. {Spelling.Suggest(text, [.. names.Keys])}");
                return null;
            },
        };
    }

    /// <summary>A name as the command line and JSON spell it.</summary>
    public static string SnakeCase(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static Option<DateTimeOffset?> Time(string name, string description, TimeProvider clock) =>
        new(name)
        {
            Description = description,
            HelpName = "TIME",
            CustomParser = result => Parse(result, name, clock),
        };

    private static DateTimeOffset? Parse(ArgumentResult result, string name, TimeProvider clock)
    {
        var text = result.Tokens[0].Value;
        if (Duration.TryParse(text, out var ago) && ago < TimeSpan.FromDays(365_000))
        {
            return clock.GetUtcNow() - ago;
        }
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, Utc, out var time))
        {
            return time;
        }
        result.AddError($"{name}: '{text}' is no time. Write 2026-01-31, 2026-01-31T08:00Z, or 24h for the last day.");
        return null;
    }
}

using System.Text.Json;
using TrueUp.Pipelines;

namespace TrueUp.Server.Api.Conventions;

/// <summary>What is wrong with a JSON body, in words that name no type of this program.</summary>
internal static class JsonFinding
{
    /// <summary>The finding; its path is that of the member, such as <c>$.priority</c>.</summary>
    public static Finding Of(JsonException error)
    {
        var (code, message, suggestion) = Describe(error);
        return new Finding(code, message, suggestion)
        {
            Path = error.Path,
            Line = error.LineNumber is { } line ? (int)Math.Min(line + 1, int.MaxValue) : null,
        };
    }

    // The serializer tells its cases apart by its messages alone; a message that is not known falls into the general
    // one.
    private static (string Code, string Message, string Suggestion) Describe(JsonException error) =>
        error switch
        {
            _ when error.Message.Contains("could not be mapped", StringComparison.Ordinal) => (
                "unknown_member",
                "The body has a member that is not known here.",
                "Leave it out, or look for its right name in /openapi/v1.json."
            ),
            _ when error.Message.Contains("missing required", StringComparison.Ordinal) => (
                "missing_member",
                "The body lacks a member it must have.",
                "See in /openapi/v1.json which members are required."
            ),
            _ when error.Message.Contains("uplicate", StringComparison.Ordinal) => (
                "repeated_member",
                "The body has a member twice.",
                "Send each member once."
            ),
            { InnerException: JsonException } or { Path: null or "$" } => (
                "bad_json",
                "The body is not the JSON that is expected.",
                "Send a JSON object as /openapi/v1.json describes it."
            ),
            _ => (
                "bad_value",
                "The value of a member is not what is expected there.",
                "See in /openapi/v1.json which values it may have."
            ),
        };
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using TrueUp.Server.Api;
using TrueUp.Store.Access;

namespace TrueUp.Server.Api.Access;

/// <summary>What may be wrong with a request about keys, users or the trail.</summary>
internal static class AccessProblems
{
    /// <summary>A field's value cannot be.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="rule">What it has to be.</param>
    public static ProblemHttpResult Invalid(string field, string rule) =>
        Problems.Of(
            StatusCodes.Status400BadRequest,
            "invalid_value",
            rule,
            $"Correct '{field}' and send the request again.",
            more: new Dictionary<string, object?> { ["field"] = field }
        );

    /// <summary>The change was not made.</summary>
    /// <param name="outcome">Why.</param>
    /// <param name="what">Of what: <c>key</c> or <c>user</c>.</param>
    public static ProblemHttpResult Of(AccessOutcome outcome, string what) =>
        outcome switch
        {
            AccessOutcome.NotFound => Problems.NotFound(what, $"/api/v1/{what}s"),
            AccessOutcome.NameTaken => Conflict(
                "name_taken",
                $"There is a {what} of that name already.",
                "Choose another name, or change the one there is."
            ),
            AccessOutcome.TooMany => Conflict(
                "too_many",
                $"There are as many {what}s as there may be.",
                "Take away those that are not used any more."
            ),
            AccessOutcome.LastAdmin => Conflict(
                "last_admin",
                "After that nobody could administer the server.",
                "Make another administrator's key or user first."
            ),
            AccessOutcome.NotUsable => Conflict(
                "key_not_usable",
                "The key was revoked, has expired or was rotated before.",
                "Rotate the key that replaced it, or make a new one."
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
        };

    private static ProblemHttpResult Conflict(string code, string detail, string suggestion) =>
        Problems.Of(StatusCodes.Status409Conflict, code, detail, suggestion);
}

using Microsoft.AspNetCore.Http.HttpResults;
using TrueUp.Server.Api.Conventions;
using TrueUp.Store.Access;

namespace TrueUp.Server.Api.Access;

/// <summary>A key to be made.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Role">viewer, operator or admin.</param>
/// <param name="Pipelines">The only pipelines it may see and touch; nothing for all.</param>
/// <param name="ExpiresInDays">Days until it expires, from 1 to 3650; nothing for never.</param>
internal sealed record NewKeyBody(string? Name, string? Role, IReadOnlyList<string>? Pipelines, int? ExpiresInDays)
    : IRequestBody
{
    private const int PipelinesMax = 1000;
    private const int PipelineLengthMax = 200;
    private const int DaysMax = 3650;

    /// <summary>What is wrong, or null.</summary>
    public ProblemHttpResult? Check()
    {
        if (!AccessNames.IsValid(Name))
        {
            return AccessProblems.Invalid("name", AccessNames.Rule);
        }
        if (AccessNames.RoleOf(Role) is not { } role)
        {
            return AccessProblems.Invalid("role", AccessNames.RoleRule);
        }
        if (Pipelines is not null && (role == AccessRole.Admin || !AreNames(Pipelines)))
        {
            return AccessProblems.Invalid(
                "pipelines",
                role == AccessRole.Admin
                    ? "An administrator's key is not limited to pipelines: it could make one without the limit."
                    : $"pipelines are 1 to {PipelinesMax} names of at most {PipelineLengthMax} characters."
            );
        }
        return ExpiresInDays is < 1 or > DaysMax
            ? AccessProblems.Invalid("expires_in_days", $"expires_in_days is from 1 to {DaysMax}.")
            : null;
    }

    /// <summary>The key it asks for; it was checked.</summary>
    public KeyRequest ToRequest(string who, DateTimeOffset now) =>
        new(Name!, AccessNames.RoleOf(Role)!.Value, who)
        {
            Pipelines = Pipelines,
            ExpiresAt = ExpiresInDays is { } days ? now.AddDays(days) : null,
        };

    private static bool AreNames(IReadOnlyList<string?> pipelines) =>
        pipelines.Count is > 0 and <= PipelinesMax
        && pipelines.All(name => name is { Length: > 0 and <= PipelineLengthMax } && !name.Contains('\0'));
}

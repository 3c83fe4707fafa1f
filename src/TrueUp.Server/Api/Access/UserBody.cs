using TrueUp.Server.Security;
using TrueUp.Store.Access;

namespace TrueUp.Server.Api.Access;

/// <summary>A user as administrators see them.</summary>
internal sealed record UserBody(
    string Name,
    string Role,
    bool Disabled,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? DisabledAt,
    DateTimeOffset? LastLoginAt
)
{
    public static UserBody Of(User user) =>
        new(
            user.Name,
            Roles.Of(user.Role),
            user.DisabledAt is not null,
            user.CreatedAt,
            user.CreatedBy,
            user.UpdatedAt,
            user.DisabledAt,
            user.LastLoginAt
        );
}

namespace TrueUp.Store.Access;

/// <summary>What is to be different about a user; what is null stays as it is.</summary>
/// <param name="Role">What they may do.</param>
/// <param name="PasswordHash">The hash of their new password.</param>
/// <param name="IsDisabled">Whether they may not log in.</param>
public sealed record UserChange(AccessRole? Role, string? PasswordHash, bool? IsDisabled)
{
    /// <summary>Says what changes, without the hash.</summary>
    public override string ToString() =>
        $"role {Role}, {(PasswordHash is null ? "same" : "new")} password, disabled {IsDisabled}";
}

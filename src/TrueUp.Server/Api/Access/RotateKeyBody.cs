using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.Access;

/// <summary>How a key is to be rotated.</summary>
/// <param name="GraceMinutes">Minutes the old key stays valid, from 0 to 1440.</param>
internal sealed record RotateKeyBody(int? GraceMinutes) : IRequestBody
{
    /// <summary>When nothing is said: time to bring the new key to where it is used.</summary>
    public const int GraceMinutesDefault = 60;
}

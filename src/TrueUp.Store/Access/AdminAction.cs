namespace TrueUp.Store.Access;

/// <summary>
/// Something somebody did to the servers, or tried to. Secrets and contents of requests do not belong here.
/// </summary>
/// <param name="Actor">Who: <c>user:NAME</c>, <c>key:NAME</c>, <c>system</c>, or <c>nobody</c>.</param>
/// <param name="Action">What, such as <c>key.create</c> or <c>POST /api/v1/queue</c>.</param>
/// <param name="Object">To what, such as a key's identifier; empty when there is nothing to name.</param>
public sealed record AdminAction(string Actor, string Action, string Object)
{
    /// <summary>The role of the actor; empty when they have none.</summary>
    public string Role { get; init; } = "";

    /// <summary>The network address it came from; empty when it came from the machine itself.</summary>
    public string Address { get; init; } = "";

    /// <summary>Whatever else is to be known, by name: at most 32, cut off after 1,000 characters each.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();
}

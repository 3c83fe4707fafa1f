namespace TrueUp.Store.Queries;

/// <summary>How the database spells where a run stands.</summary>
internal static class RunStates
{
    public static string Name(RunState state) =>
        state == RunState.InProgress ? "in_progress" : state.ToString().ToLowerInvariant();

    public static RunState Parse(string name) =>
        name == "in_progress" ? RunState.InProgress : Enum.Parse<RunState>(name, ignoreCase: true);
}

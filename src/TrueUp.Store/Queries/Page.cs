namespace TrueUp.Store.Queries;

/// <summary>Some of what a query finds.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The entries, newest first.</param>
/// <param name="Next">What to give as <c>After</c> to get the next page, or null when this is the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

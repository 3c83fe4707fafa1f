namespace TrueUp.Server.Api.Conventions;

/// <summary>A type of values in queries that can say what it expects.</summary>
internal interface IQueryValue
{
    /// <summary>What is expected, such as <c>a number from 1 to 1000</c>.</summary>
    static abstract string Expected { get; }

    /// <summary>All values there can be, or null when they cannot be listed.</summary>
    static virtual IEnumerable<string>? Choices => null;
}

namespace TrueUp.Connectors.Files.Records;

/// <summary>How a field stands in its source, which decides what its text may mean.</summary>
internal enum FieldForm : byte
{
    /// <summary>As it is, without quotes: the text that means null is null.</summary>
    Plain,

    /// <summary>Between quotes: it is a text even when it is empty.</summary>
    Quoted,

    /// <summary>Between quotes, with doubled quotes inside.</summary>
    Escaped,

    /// <summary>There is nothing.</summary>
    Missing,

    /// <summary>The source knows its type (a number or date cell); the text is our own notation of it.</summary>
    Typed,

    /// <summary>The source has an error in its place; the text names it.</summary>
    Error,
}

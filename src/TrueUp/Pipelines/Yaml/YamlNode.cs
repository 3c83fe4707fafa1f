namespace TrueUp.Pipelines.Yaml;

/// <summary>A node of a YAML document that knows where it stands.</summary>
/// <param name="Path">Its place in the document, for example <c>rules[2].matches</c>; empty for the root.</param>
/// <param name="Line">Its first line, from 1.</param>
internal abstract record YamlNode(string Path, int Line)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Kind { get; }
}

namespace TrueUp.Pipelines.Yaml;

/// <summary>A value.</summary>
/// <param name="Path">Its place.</param>
/// <param name="Line">Its line.</param>
/// <param name="Text">Its text, quotes and escapes resolved.</param>
/// <param name="IsQuoted">Whether it is a text beyond doubt.</param>
internal sealed record YamlText(string Path, int Line, string Text, bool IsQuoted) : YamlNode(Path, Line)
{
    /// <summary>Whether it says that there is no value.</summary>
    public bool IsNull => !IsQuoted && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Kind => IsNull ? "nothing" : "a single value";
}

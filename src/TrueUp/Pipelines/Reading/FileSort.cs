namespace TrueUp.Pipelines.Reading;

/// <summary>A sort of file that is read this way: what people call it, and which keys it has.</summary>
/// <param name="Name">Its name with an article, for messages.</param>
/// <param name="Example">How it may start.</param>
/// <param name="Remedy">What to do when it is empty.</param>
/// <param name="NamesIn">The keys of one of its mappings, by the mapping's name in the reference.</param>
internal sealed record FileSort(string Name, string Example, string Remedy, Func<string, IReadOnlyList<string>> NamesIn)
{
    /// <summary>Pipeline files.</summary>
    public static FileSort Pipeline { get; } =
        new("a pipeline", "name: sellers", "Write a first pipeline with `trueup init`.", PipelineReference.NamesIn);
}

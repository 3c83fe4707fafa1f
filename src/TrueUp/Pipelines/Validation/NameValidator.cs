using System.Buffers;

namespace TrueUp.Pipelines.Validation;

/// <summary>The name stands in files, metrics, addresses and on the target, so it is kept plain.</summary>
internal sealed class NameValidator : IPipelineValidator
{
    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"
    );

    public IEnumerable<Finding> Check(PipelineDefinition pipeline)
    {
        if (!IsPlain(pipeline.Name))
        {
            yield return PipelineValidation.Error(
                "name",
                "bad_value",
                "`name` is not a plain name.",
                "Use letters, digits, `_`, `-` and `.`, at most 100; start with a letter or a digit."
            );
        }
    }

    /// <summary>Whether a text can be the name of a pipeline.</summary>
    internal static bool IsPlain(string name) =>
        name.Length is > 0 and <= 100
        && char.IsAsciiLetterOrDigit(name[0])
        && !name.AsSpan().ContainsAnyExcept(Characters);
}

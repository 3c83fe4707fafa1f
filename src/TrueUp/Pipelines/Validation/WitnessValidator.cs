namespace TrueUp.Pipelines.Validation;

/// <summary>Where a witness may be. Its address may hold a secret, so no finding repeats it.</summary>
internal sealed class WitnessValidator : IPipelineValidator
{
    public IEnumerable<Finding> Check(PipelineDefinition pipeline)
    {
        if (pipeline.Witness is not { } witness)
        {
            yield break;
        }
        if (witness is { File: null, Webhook: null })
        {
            yield return PipelineValidation.Error(
                "witness",
                "missing_key",
                "`witness` names nobody.",
                "Write `witness: {file: PATH}`, `witness: {webhook: URL}`, or both."
            );
        }
        if (witness.File is { } file && (file.Length == 0 || file.Contains('\0')))
        {
            yield return PipelineValidation.Error(
                "witness.file",
                "bad_value",
                "`witness.file` is no path.",
                "Name a file, best on a disk that the operator of TrueUp cannot rewrite."
            );
        }
        if (witness.Webhook is { } webhook && !IsAllowed(webhook))
        {
            yield return PipelineValidation.Error(
                "witness.webhook",
                "bad_value",
                "`witness.webhook` is no https address.",
                "Write https://…; http is for this machine (127.0.0.1, localhost) only."
            );
        }
    }

    private static bool IsAllowed(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (
            string.Equals(uri.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
            || (string.Equals(uri.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) && uri.IsLoopback)
        );
}

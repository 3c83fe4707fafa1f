using System.CommandLine;
using System.Text.Json;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;

namespace TrueUp.Cli.Commands;

/// <summary>Shows a receipt, given by its file or by its run.</summary>
internal sealed class ReceiptShowCommand : TrueUpCommand
{
    private const int BytesMax = 64 << 20;
    private const int ItemsMax = 10;

    private readonly Argument<string> _receipt = new("RUN|FILE")
    {
        Description = "A run's identifier, `last`, or the receipt's file",
    };

    /// <param name="runner">Runs it.</param>
    public ReceiptShowCommand(CommandRunner runner)
        : base(runner, "receipt show", "Show what a run proved") => Add(_receipt);

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        ["trueup receipt show last", "trueup receipt show receipts/sellers/01KAJ3T8….json"];

    /// <inheritdoc />
    public override async Task<CommandOutcome> ExecuteAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var wanted = invocation.Get(_receipt);
        if (await ReceiptFiles.FindAsync(wanted, invocation, cancellationToken) is not { } file)
        {
            return ReceiptFiles.Missing(wanted);
        }
        if (
            new FileInfo(file).Length > BytesMax
            || Parse(await File.ReadAllBytesAsync(file, cancellationToken)) is not { } content
        )
        {
            return CommandOutcome.Failed(
                ExitCodes.NotProven,
                new ErrorBody(
                    "receipt_damaged",
                    $"{file} is no receipt.",
                    "Name a receipt's file; take it from a backup if it was damaged."
                )
            );
        }
        return CommandOutcome.Done(
            $"Receipt {file}",
            new ReceiptResult(file, content),
            CliJson.Shared.ReceiptResult,
            screen => Write(content, screen, "")
        );
    }

    private static JsonElement? Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Whatever a receipt says is shown: a newer one may say more than this program knows.
    private static void Write(JsonElement element, Screen screen, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Write(property.Value, screen, path.Length == 0 ? property.Name : $"{path}.{property.Name}");
                }
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray().Take(ItemsMax))
                {
                    Write(item, screen, $"{path}[{index++}]");
                }
                if (element.GetArrayLength() > ItemsMax)
                {
                    screen.Line($"{path}: {element.GetArrayLength()} in all");
                }
                break;
            case JsonValueKind.Null:
                break;
            default:
                screen.Line($"{path}: {element}");
                break;
        }
    }
}

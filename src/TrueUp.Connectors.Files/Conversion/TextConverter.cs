using TrueUp.Connectors.Files.Records;
using TrueUp.Rows;

namespace TrueUp.Connectors.Files.Conversion;

/// <summary>Texts as they are.</summary>
internal sealed class TextConverter : FieldConverter
{
    public override bool IsText => true;

    public override string Expected => "text";

    public override bool TryWrite(ReadOnlySpan<byte> text, FieldForm form, RowBatchBuilder builder)
    {
        builder.WriteField(text);
        return true;
    }
}

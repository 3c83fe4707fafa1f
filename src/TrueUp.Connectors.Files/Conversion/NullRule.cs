using System.Text;
using TrueUp.Connectors.Files.Records;

namespace TrueUp.Connectors.Files.Conversion;

/// <summary>
/// What means null. By default an empty field without quotes does, and in a column of any type but text an empty quoted
/// field too (there is no other value it could be). Once a text is named, that text does and nothing else.
/// </summary>
internal sealed class NullRule(string? named)
{
    private readonly byte[] _text = Encoding.UTF8.GetBytes(named ?? "");
    private readonly bool _isNamed = named is not null;

    /// <summary>Whether a field is null.</summary>
    /// <param name="form">How it stands in its source.</param>
    /// <param name="text">Its text.</param>
    /// <param name="isText">Whether its column holds texts.</param>
    public bool IsNull(FieldForm form, ReadOnlySpan<byte> text, bool isText) =>
        form switch
        {
            FieldForm.Plain => text.SequenceEqual(_text),
            FieldForm.Missing => true,
            FieldForm.Quoted => text.IsEmpty && !isText && !_isNamed,
            _ => false,
        };
}

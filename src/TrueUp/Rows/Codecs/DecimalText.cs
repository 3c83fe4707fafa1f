using System.Globalization;

namespace TrueUp.Rows.Codecs;

/// <summary>A decimal number as written: sign, digits, point and exponent, taken apart without changing its
/// value.</summary>
internal readonly ref struct DecimalText
{
    private readonly ReadOnlySpan<byte> _whole;
    private readonly ReadOnlySpan<byte> _fraction;
    private readonly int _point;

    private DecimalText(bool negative, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int exponent)
    {
        IsNegative = negative;
        _whole = whole;
        _fraction = fraction;
        _point = whole.Length + exponent;
        Scale = Math.Max(fraction.Length - exponent, 0);
    }

    public bool IsNegative { get; }

    /// <summary>Digits after the point as displayed; an exponent below zero adds to them.</summary>
    public int Scale { get; }

    private int DigitCount => _whole.Length + _fraction.Length;

    /// <summary>Digits before the point, leading zeros not counted.</summary>
    public int IntegerDigits => Math.Max(Magnitude, 0);

    /// <summary>
    /// The least n for which the number is below 10 to the n: 2 for 12.5, 0 for 0.5, -1 for 0.05, very low for zero.
    /// </summary>
    public int Magnitude
    {
        get
        {
            for (var i = 0; i < DigitCount; i++)
            {
                if (Digit(i) != 0)
                {
                    return _point - i;
                }
            }
            return int.MinValue;
        }
    }

    /// <summary>Digits after the point, trailing zeros not counted.</summary>
    public int SignificantScale
    {
        get
        {
            for (var i = DigitCount - 1; i >= _point; i--)
            {
                if (Digit(i) != 0)
                {
                    return i - _point + 1;
                }
            }
            return 0;
        }
    }

    /// <summary>Four digits: group -1 is the last before the point, group 0 the first behind it.</summary>
    public short Group(int group)
    {
        var at = _point + (4 * group);
        return (short)((Digit(at) * 1000) + (Digit(at + 1) * 100) + (Digit(at + 2) * 10) + Digit(at + 3));
    }

    /// <summary>Reads <c>[+-]digits[.digits][e[+-]digits]</c>; at least one digit, nothing else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out DecimalText number)
    {
        number = default;
        var negative = false;
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+')
        {
            negative = text[0] == '-';
            text = text[1..];
        }
        var exponent = 0;
        var e = text.IndexOfAny((byte)'e', (byte)'E');
        if (e >= 0)
        {
            // The parser of .NET overlooks NULs at the end.
            var power = text[(e + 1)..];
            if (
                text[^1] == 0
                || !int.TryParse(power, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                || Math.Abs((long)exponent) > 200_000
            )
            {
                return false;
            }
            text = text[..e];
        }
        var dot = text.IndexOf((byte)'.');
        var whole = dot < 0 ? text : text[..dot];
        var fraction = dot < 0 ? default : text[(dot + 1)..];
        if (
            whole.Length + fraction.Length == 0
            || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9')
        )
        {
            return false;
        }
        number = new DecimalText(negative, whole, fraction, exponent);
        return true;
    }

    // The digit at a position counted from the first written digit; outside of what is written there are zeros.
    private int Digit(int position)
    {
        if (position < 0 || position >= DigitCount)
        {
            return 0;
        }
        return (position < _whole.Length ? _whole[position] : _fraction[position - _whole.Length]) - '0';
    }
}

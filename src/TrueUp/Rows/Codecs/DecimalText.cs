using System.Globalization;

namespace TrueUp.Rows.Codecs;

/// <summary>A decimal number as written: sign, digits, point and exponent, taken apart without changing its value.</summary>
internal readonly ref struct DecimalText
{
    private readonly ReadOnlySpan<byte> _digits;
    private readonly int _point;

    private DecimalText(bool negative, ReadOnlySpan<byte> text, int digitCount, int point, int scale)
    {
        IsNegative = negative;
        _digits = text;
        _point = point;
        Scale = scale;
        DigitCount = digitCount;
    }

    public bool IsNegative { get; }

    /// <summary>Digits after the point as displayed; an exponent below zero adds to them.</summary>
    public int Scale { get; }

    private int DigitCount { get; }

    /// <summary>Digits before the point, leading zeros not counted.</summary>
    public int IntegerDigits
    {
        get
        {
            for (var i = 0; i < _point; i++)
            {
                if (Digit(i) != 0)
                {
                    return _point - i;
                }
            }
            return 0;
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
            if (!int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                || Math.Abs((long)exponent) > 200_000)
            {
                return false;
            }
            text = text[..e];
        }
        var dot = text.IndexOf((byte)'.');
        var whole = dot < 0 ? text.Length : dot;
        var fraction = dot < 0 ? 0 : text.Length - dot - 1;
        if (whole + fraction == 0 || text[..whole].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || (dot >= 0 && text[(dot + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9')))
        {
            return false;
        }
        number = new DecimalText(negative, text, whole + fraction, whole + exponent, Math.Max(fraction - exponent, 0));
        return true;
    }

    // The digit at a position counted from the first written digit; outside of what is written there are zeros.
    private int Digit(int position)
    {
        if (position < 0 || position >= DigitCount)
        {
            return 0;
        }
        var dot = _digits.Length == DigitCount ? DigitCount : _digits.IndexOf((byte)'.');
        return _digits[position < dot ? position : position + 1] - '0';
    }
}

using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TrueUp.Rows;

namespace TrueUp.Tests.Rows;

/// <summary>The three forms of a value as tests like to write them, and properties over many values.</summary>
internal static class Values
{
    /// <summary>The send form of a text in hexadecimal, or null when the type refuses it.</summary>
    public static string? Parse(LogicalType type, string text) =>
        TryParse(type, Encoding.UTF8.GetBytes(text), out byte[] send) ? Convert.ToHexStringLower(send) : null;

    public static byte[] Send(LogicalType type, string text) =>
        TryParse(type, Encoding.UTF8.GetBytes(text), out byte[] send)
            ? send
            : throw new FormatException($"'{text}' is no {type}.");

    public static bool TryParse(LogicalType type, ReadOnlySpan<byte> text, out byte[] send)
    {
        ArrayBufferWriter<byte> writer = new();
        bool read = TypeCodec.For(type).TryParse(text, writer);
        send = writer.WrittenSpan.ToArray();
        return read;
    }

    /// <summary>The display text of a send form.</summary>
    public static string Display(LogicalType type, ReadOnlySpan<byte> send)
    {
        ArrayBufferWriter<byte> writer = new();
        TypeCodec.For(type).Format(send, writer);
        return Encoding.UTF8.GetString(writer.WrittenSpan);
    }

    public static string Canonical(LogicalType type, ReadOnlySpan<byte> send)
    {
        ArrayBufferWriter<byte> writer = new();
        TypeCodec.For(type).Canonical(send, writer);
        return Encoding.UTF8.GetString(writer.WrittenSpan);
    }

    /// <summary>The canonical text of a display text.</summary>
    public static string Canonical(LogicalType type, string text) => Canonical(type, Send(type, text));

    /// <summary>Parsing the display text of a send form gives the send form back.</summary>
    public static void ShouldComeBack(LogicalType type, byte[] send)
    {
        string text = Display(type, send);
        Parse(type, text).ShouldBe(Convert.ToHexStringLower(send), $"{type} {text}");
    }

    public static void ShouldBeRefused(LogicalType type, string text) =>
        Parse(type, text).ShouldBeNull($"'{text}' is no {type}");

    /// <summary>Checks a property of generated values.</summary>
    public static void ForAll<T>(Gen<T> values, Action<T> property, int cases = 2000) =>
        Prop.ForAll(values.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));

    /// <summary>64 bits of any magnitude, the extremes and their neighbours among them.</summary>
    public static Gen<long> AnyLong() =>
        Gen.OneOf(
            Bits(),
            Bits().SelectMany(bits => Gen.Choose(0, 63).Select(shift => bits >> shift)),
            Gen.Elements(0, 1, -1, long.MaxValue, long.MinValue, long.MaxValue - 1, long.MinValue + 1)
        );

    /// <summary>A number between two, both included, often near one of them.</summary>
    public static Gen<long> Between(long low, long high) =>
        AnyLong()
            .SelectMany(bits =>
                Gen.Elements(
                    low + (long)((UInt128)(ulong)bits % ((UInt128)(Int128)((Int128)high - low) + 1)),
                    low + Math.Min(bits & 15, high - low),
                    high - Math.Min(bits & 15, high - low)
                )
            );

    /// <summary>Text with much of what is special to a row text, and letters of every length in UTF-8.</summary>
    public static Gen<string> AnyText() =>
        Gen.Elements(
                "a",
                "b",
                "\"",
                "\\",
                ",",
                "(",
                ")",
                " ",
                "\t",
                "\n",
                "\r",
                "\v",
                "\f",
                "\u00a0",
                "\u0085",
                "é",
                "日",
                "👩‍🚀",
                "\u0001"
            )
            .ListOf()
            .Select(parts => string.Concat(parts));

    private static Gen<long> Bits() =>
        Gen.Choose(int.MinValue, int.MaxValue).Two().Select(halves => ((long)halves.Item1 << 32) | (uint)halves.Item2);
}

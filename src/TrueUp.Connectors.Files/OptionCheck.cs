using System.Globalization;
using TrueUp.Pipelines;

namespace TrueUp.Connectors.Files;

/// <summary>Reads a side's options one by one and collects what is wrong, so that all of it is told at once.</summary>
internal sealed class OptionCheck(SideDefinition side, ICollection<Finding> findings)
{
    public string Path()
    {
        if (string.IsNullOrWhiteSpace(side["path"]))
        {
            Bad("path", "There is no path.", "Name the file: path: data.csv");
        }
        return side["path"] ?? "";
    }

    public bool Flag(string name, bool otherwise)
    {
        if (side[name] is not { } text)
        {
            return otherwise;
        }
        if (!bool.TryParse(text, out var value))
        {
            Bad(name, $"'{text}' is neither true nor false.", $"Write {name}: true or {name}: false.");
        }
        return value;
    }

    public int Number(string name, int otherwise, int least, int most)
    {
        if (side[name] is not { } text)
        {
            return otherwise;
        }
        if (
            !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            || value < least
            || value > most
        )
        {
            Bad(
                name,
                $"'{text}' is no whole number from {least} to {most}.",
                $"Write {name}: {otherwise}, or leave it out."
            );
            return otherwise;
        }
        return value;
    }

    /// <summary>One ASCII character that can stand between or around fields.</summary>
    public byte? Byte(string name, byte? otherwise)
    {
        if (side[name] is not { } text)
        {
            return otherwise;
        }
        text = text switch
        {
            "comma" => ",",
            "semicolon" => ";",
            "tab" or "\\t" => "\t",
            "pipe" => "|",
            _ => text,
        };
        if (
            text is [var single]
            && single is > '\0' and < '\u0080' and not ('\r' or '\n')
            && !char.IsAsciiLetterOrDigit(single)
        )
        {
            return (byte)single;
        }
        Bad(
            name,
            $"'{text}' cannot be the {name}.",
            $"Write one ASCII character that is no letter, digit or line end, for example {name}: \";\"."
        );
        return otherwise;
    }

    public void Bad(string name, string message, string suggestion)
    {
        int? line = side.Lines.TryGetValue(name, out var found) ? found : null;
        findings.Add(new Finding("bad_value", message, suggestion) { Path = name, Line = line });
    }
}

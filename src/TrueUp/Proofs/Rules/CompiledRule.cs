using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using TrueUp.Digests;
using TrueUp.Pipelines;
using TrueUp.Rows;

namespace TrueUp.Proofs.Rules;

/// <summary>A rule bound to the columns of a plan, checked against one row at a time.</summary>
internal sealed class CompiledRule
{
    /// <summary>The longest a pattern may work on one value.</summary>
    private static readonly TimeSpan MatchTime = TimeSpan.FromMilliseconds(250);

    private readonly TypeCodec _codec;
    private readonly Regex? _pattern;
    private readonly Bound? _min;
    private readonly Bound? _max;
    private readonly HashSet<string>? _oneOf;
    private readonly RowCondition? _when;
    private readonly ArrayBufferWriter<byte> _text = new(256);

    public CompiledRule(RuleDefinition rule, RowSchema schema)
    {
        Rule = rule;
        Ordinal = schema.OrdinalOf(ColumnOf(rule));
        _codec = schema.Codecs[Ordinal];
        _pattern = rule.Matches is null ? null : new Regex(rule.Matches, RegexOptions.CultureInvariant, MatchTime);
        _min = rule.Min is null ? null : new Bound(_codec, rule.Min);
        _max = rule.Max is null ? null : new Bound(_codec, rule.Max);
        _oneOf = rule.OneOf.Count == 0 ? null : new HashSet<string>(rule.OneOf, StringComparer.Ordinal);
        _when = rule.When is null ? null : new RowCondition(rule.When, schema);
    }

    public RuleDefinition Rule { get; }

    /// <summary>The position of the column it is about.</summary>
    public int Ordinal { get; }

    /// <summary>
    /// The target name of the column a rule is about: its own, or for <c>exists</c> the other table's column by
    /// default.
    /// </summary>
    public static string ColumnOf(RuleDefinition rule) => rule.Column ?? rule.Exists?.Column ?? "";

    /// <summary>Whether the rule speaks about this row at all.</summary>
    public bool Applies(ReadOnlySpan<byte> row) => _when is null || _when.Holds(row);

    /// <summary>The value's display text, or null.</summary>
    public string? Text(ReadOnlySpan<byte> row)
    {
        if (!FieldReader.At(row, Ordinal, out var send))
        {
            return null;
        }
        _text.ResetWrittenCount();
        _codec.Format(send, _text);
        return Encoding.UTF8.GetString(_text.WrittenSpan);
    }

    /// <summary>Checks all but <c>unique</c> and <c>exists</c>.</summary>
    /// <returns>Null when the row passes; otherwise the issue's type and what is wrong.</returns>
    public (string Issue, string Reason)? Check(ReadOnlySpan<byte> row)
    {
        if (!Applies(row))
        {
            return null;
        }
        var present = FieldReader.At(row, Ordinal, out var send);
        if (Rule.Required && (!present || IsBlank(send)))
        {
            return ("missing_required_field", $"{Rule.Name}: the value is missing");
        }
        if (!present)
        {
            return null;
        }
        if (_pattern is not null && !Matches(row))
        {
            return ("invalid_format", $"{Rule.Name}: the value does not match {Rule.Matches}");
        }
        if (_min is not null && _min.Compare(send) < 0)
        {
            return ("rule_failed", $"{Rule.Name}: the value is below {Rule.Min}");
        }
        if (_max is not null && _max.Compare(send) > 0)
        {
            return ("rule_failed", $"{Rule.Name}: the value is above {Rule.Max}");
        }
        return _oneOf is not null && !_oneOf.Contains(Text(row)!)
            ? ("rule_failed", $"{Rule.Name}: the value is not one of those allowed")
            : null;
    }

    private bool Matches(ReadOnlySpan<byte> row)
    {
        try
        {
            return _pattern!.IsMatch(Text(row)!);
        }
        catch (RegexMatchTimeoutException)
        {
            // A pattern that takes this long on one value has not matched it.
            return false;
        }
    }

    private bool IsBlank(ReadOnlySpan<byte> send) =>
        _codec.Type.Kind == LogicalKind.Text && send.IndexOfAnyExcept(" \t\r\n"u8) < 0;
}

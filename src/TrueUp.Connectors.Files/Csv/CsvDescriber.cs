using TrueUp.Connectors.Files.Content;
using TrueUp.Connectors.Files.Conversion;
using TrueUp.Connectors.Files.Inference;
using TrueUp.Connectors.Files.Records;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Csv;

/// <summary>Reads a whole file once: its names, the types of its columns, the number of its records, its
/// hash.</summary>
internal sealed class CsvDescriber(SourceFile file, CsvOptions options)
{
    /// <summary>The longest record that takes part in finding types.</summary>
    private const int RecordBytesMax = 32 << 20;

    private readonly List<Finding> _findings = [];
    private readonly NullRule _nulls = new(options.Null);
    private ColumnGuess[] _guesses = [];
    private AscendingTexts[] _orders = [];
    private long _records;
    private long _badEncoding;

    public async ValueTask<CsvDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        await using var blocks = new BlockReader(file);
        using var reader = new CsvReader(new TextInput(blocks, options.Encoding), RecordBytesMax);
        await reader.FillAsync(cancellationToken);
        await reader.SkipLinesAsync(options.SkipRows, cancellationToken);
        if (reader.Buffered.IsEmpty && !reader.IsLast)
        {
            await reader.FillAsync(cancellationToken);
        }
        var delimiter = options.Delimiter ?? DelimiterSniffer.Detect(reader.Buffered, options.Quote);
        var layout = new CsvLayout(
            new CsvDialect(delimiter, options.Quote, options.Trim),
            options.Encoding,
            options.SkipRows,
            options.HasHeader,
            _nulls
        );
        reader.Use(layout.Dialect);
        var names = await ReadNamesAsync(reader, cancellationToken);
        await ReadRecordsAsync(reader, cancellationToken);
        var content = await blocks.SkipToEndAsync(cancellationToken);
        if (!file.IsUntouched())
        {
            await file.CheckUnchangedAsync(content, cancellationToken);
        }
        AddFindings();
        var columns = names.Select((name, i) => new Column(name, _guesses[i].Type));
        return new CsvDescription(
            new SideSchema([.. columns], [], [], _findings),
            layout,
            content,
            file.Identity,
            _records
        )
        {
            IsAscending = [.. _orders.Select(o => o.Holds)],
        };
    }

    private async ValueTask<string[]> ReadNamesAsync(CsvReader reader, CancellationToken cancellationToken)
    {
        if (!await CsvLayout.ReadOneAsync(reader, cancellationToken))
        {
            throw FileErrors.Empty(file.FullPath);
        }
        var record = reader.Record;
        var names = options.HasHeader
            ? HeaderNames.Of(record)
            : HeaderNames.Numbered(Math.Min(record.Count, HeaderNames.ColumnsMax));
        _guesses = [.. names.Select(_ => new ColumnGuess())];
        _orders = [.. names.Select(_ => new AscendingTexts())];
        if (options.HasHeader || names.Length == 0)
        {
            CheckHeader(record, names);
        }
        else
        {
            // The first record is data already.
            See(record);
        }
        return names;
    }

    private void CheckHeader(TextRecord record, string[] names)
    {
        var line = (int)Math.Min(record.Line, int.MaxValue);
        if (record.Fault != RecordFault.None)
        {
            var (code, message, suggestion) = record.Fault switch
            {
                RecordFault.BadEncoding => (
                    "bad_encoding",
                    "The header is not text in the file's encoding.",
                    "Save the file as UTF-8, or set 'encoding', for example encoding: latin-1."
                ),
                RecordFault.NulByte => (
                    "bad_encoding",
                    "The header has NUL bytes, as UTF-16 without a byte order mark has.",
                    "Set encoding: utf-16le (or utf-16be), or save the file as UTF-8."
                ),
                _ => (
                    "bad_header",
                    "The first record cannot be read: its quotes do not match, or it is too long.",
                    "Close every quote and double quotes inside quoted fields, or set 'quote' and 'delimiter'."
                ),
            };
            _findings.Add(new Finding(code, message, suggestion) { File = file.FullPath, Line = line });
            return;
        }
        _findings.AddRange(HeaderNames.Check(names, file.FullPath, line));
    }

    private async ValueTask ReadRecordsAsync(CsvReader reader, CancellationToken cancellationToken)
    {
        do
        {
            while (reader.TryRead())
            {
                See(reader.Record);
            }
        } while (await reader.FillAsync(cancellationToken));
    }

    // Records that will be rejected say nothing about the types of those that will not.
    private void See(TextRecord record)
    {
        _records++;
        if (record.Fault != RecordFault.None || record.Count != _guesses.Length)
        {
            _badEncoding += record.Fault == RecordFault.BadEncoding ? 1 : 0;
            if (record.Fault == RecordFault.TooLarge)
            {
                // A pipeline may allow longer records than take part here.
                Array.ForEach(_orders, o => o.Break());
            }
            return;
        }
        for (var i = 0; i < _guesses.Length; i++)
        {
            if (_guesses[i].IsSettled && !_orders[i].Holds)
            {
                continue;
            }
            var text = record.Text(i);
            if (_nulls.IsNull(record[i].Form, text, isText: true))
            {
                _orders[i].Break();
                continue;
            }
            if (_orders[i].Holds)
            {
                _orders[i].See(text);
            }
            _guesses[i].See(text);
        }
    }

    private void AddFindings()
    {
        if (_records == 0)
        {
            _findings.Add(
                new Finding(
                    "header_only",
                    $"'{file.FullPath}' has a header and no records.",
                    "Check whether it should have some."
                )
                {
                    File = file.FullPath,
                    IsError = false,
                }
            );
        }
        if (_badEncoding > 0)
        {
            _findings.Add(
                new Finding(
                    "bad_encoding",
                    $"{_badEncoding} of {_records} records have bytes that are no text in the file's encoding.",
                    "Save the file as UTF-8, or set 'encoding', for example encoding: latin-1."
                )
                {
                    File = file.FullPath,
                    IsError = false,
                }
            );
        }
    }
}

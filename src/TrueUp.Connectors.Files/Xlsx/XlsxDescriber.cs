using TrueUp.Connectors.Files.Content;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>Reads a sheet once: names, types, and its records into a spool; the workbook is hashed before and
/// after.</summary>
internal sealed class XlsxDescriber(SourceFile file, XlsxOptions options)
{
    public async ValueTask<XlsxDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var content = await file.HashAsync(cancellationToken);
        // Unpacking is work for the processor; the caller's thread is not for that.
        var (schema, spool) = await Task.Run(() => Read(cancellationToken), cancellationToken);
        try
        {
            if (!file.IsUntouched() || await file.HashAsync(cancellationToken) != content)
            {
                throw FileErrors.Changed(file.FullPath);
            }
            return new XlsxDescription(schema, content, file.Identity, spool);
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    private (SideSchema Schema, SheetSpool Spool) Read(CancellationToken cancellationToken)
    {
        SheetSpool? spool = null;
        try
        {
            using var stream = new FileStream(
                file.FullPath,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using var package = WorkbookPackage.Open(file.FullPath, stream);
            var workbook = Workbook.Read(package);
            var part = workbook.Find(file.FullPath, options.Sheet);
            var styles = CellStyles.Read(package, workbook.StylesPart);
            var strings = SharedStrings.Read(package, file.FullPath, workbook.StringsPart, cancellationToken);
            using var xml = package.Read(part);
            var sheet = new SheetReader(xml, file.FullPath, strings, styles, workbook.IsFrom1904);
            var columns = ReadHeader(sheet);
            spool = new SheetSpool(columns.Names.Count);
            ReadRecords(sheet, columns, spool, cancellationToken);
            return (new SideSchema(columns.Columns, [], [], [.. Findings(columns, spool.Records)]), spool);
        }
        catch (Exception error) when (error is not SideException && WorkbookPackage.IsDamage(error))
        {
            spool?.Dispose();
            throw WorkbookErrors.Damaged(file.FullPath, "its content", error);
        }
        catch
        {
            spool?.Dispose();
            throw;
        }
    }

    private SheetColumns ReadHeader(SheetReader sheet)
    {
        var isFound = false;
        while (!isFound && sheet.Read())
        {
            isFound = sheet.Row >= options.HeaderRow;
        }
        var columns = isFound && sheet.Row == options.HeaderRow ? new SheetColumns(sheet) : null;
        return columns is { Names.Count: > 0 }
            ? columns
            : throw (
                isFound
                    ? FileErrors.Of(
                        ErrorType.Validation,
                        "header_missing",
                        $"Row {options.HeaderRow} of the sheet names no columns.",
                        "Set 'header_row' to the row with the names."
                    )
                    : FileErrors.Of(
                        ErrorType.Validation,
                        "file_empty",
                        $"The sheet of '{file.FullPath}' has no row {options.HeaderRow}.",
                        "Check 'sheet' and 'header_row', and what writes the workbook."
                    )
            );
    }

    private void ReadRecords(
        SheetReader sheet,
        SheetColumns columns,
        SheetSpool spool,
        CancellationToken cancellationToken
    )
    {
        while (sheet.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Texts of no length come from formulas that were filled down beyond the data.
            if (sheet.Cells.All(c => c is { Kind: CellKind.Text, Length: 0 }))
            {
                continue;
            }
            foreach (var cell in sheet.Cells)
            {
                columns.See(cell);
            }
            spool.Write(sheet, columns);
            if (spool.IsFull)
            {
                throw WorkbookErrors.TooLarge(file.FullPath, $"the sheet up to row {sheet.Row}");
            }
        }
        spool.Finish();
    }

    private IEnumerable<Finding> Findings(SheetColumns columns, long records)
    {
        if (records == 0)
        {
            yield return new Finding(
                "header_only",
                $"The sheet of '{file.FullPath}' has a header and no records.",
                "Check whether it should have some."
            )
            {
                File = file.FullPath,
                IsError = false,
            };
        }
        foreach (var finding in columns.Check(file.FullPath, options.HeaderRow))
        {
            yield return finding;
        }
    }
}

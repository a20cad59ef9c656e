using System.Text;
using System.Text.Unicode;
using Crm.Kernel;
using CsvHelper;

namespace Crm.Customers;

/// <summary>A file's rows, one after the other, each sound by itself or with what is wrong.</summary>
public static class ImportFile
{
    /// <summary>Longer than any customer: more likely a quotation mark that is never closed.</summary>
    public const int MaxRow = 1024 * 1024;

    private const int ShownText = 2_000;

    static ImportFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary><c>utf-8</c> where every byte is, else <c>windows-1252</c>; null for UTF-16 and for what has NUL in it.</summary>
    public static async Task<string?> CharsetOf(Stream content, CancellationToken token)
    {
        var buffer = new byte[64 * 1024];
        var (kept, first, isUtf8) = (0, true, true);
        while (true)
        {
            var read = await content.ReadAsync(buffer.AsMemory(kept), token);
            var bytes = buffer.AsMemory(0, kept + read);
            if (first && (bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))) return null;
            if (bytes.Span.Contains((byte)0)) return null;
            first = false;
            if (read == 0) return isUtf8 && kept == 0 ? "utf-8" : "windows-1252";
            // A character may stand across two reads.
            var whole = isUtf8 ? WholeCharacters(bytes.Span) : bytes.Length;
            if (isUtf8 && !Utf8.IsValid(bytes.Span[..whole])) isUtf8 = false;
            kept = isUtf8 ? bytes.Length - whole : 0;
            bytes[(bytes.Length - kept)..].CopyTo(buffer);
        }
    }

    /// <exception cref="ImportFileException">The file cannot be read further.</exception>
    public static IAsyncEnumerable<(ImportRow? Row, RejectedRow? Rejected)> Rows(
        Import import, Stream content, string charset, Func<IReadOnlyList<string>, string, ImportMapping> header, CancellationToken token) =>
        import.Format == "ndjson" ? JsonRows(content, charset, token) : CsvRows(content, charset, header, token);

    private static async IAsyncEnumerable<(ImportRow?, RejectedRow?)> JsonRows(Stream content, string charset, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        using var reader = new StreamReader(content, Encoding.GetEncoding(charset));
        var row = 0;
        while (await reader.ReadLineAsync(token) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            row++;
            if (line.Length > MaxRow) throw new ImportFileException(FormattableString.Invariant($"Row {row} is longer than 1 MB."));
            var number = row;
            yield return JsonBody.Parse(Encoding.UTF8.GetBytes(line), CustomersJson.Crm.CustomerFields).Match<(ImportRow?, RejectedRow?)>(
                fields => (new ImportRow(number, fields, Shown(line)), null),
                problem => (null, new RejectedRow(number, problem.Errors ?? [FieldError.At("", problem.Detail ?? problem.Title)], Shown(line))));
        }
    }

    private static async IAsyncEnumerable<(ImportRow?, RejectedRow?)> CsvRows(
        Stream content, string charset, Func<IReadOnlyList<string>, string, ImportMapping> header, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        var malformed = false;
        await using var csv = CsvReader.Create(content, new CsvReaderOptions
        {
            Encoding = charset == "utf-8" ? null : Encoding.GetEncoding(charset),
            MaxRecordSize = MaxRow,
            OnMalformedRecord = _ => malformed = true,
        }, leaveOpen: true);
        ImportMapping mapping;
        try
        {
            await csv.ReadHeaderAsync(token);
            mapping = header([.. csv.Headers], csv.Separator.ToString());
        }
        catch (CsvFormatException e)
        {
            throw new ImportFileException("The header cannot be read: " + e.GetType().Name, e);
        }
        var row = 0;
        while (true)
        {
            malformed = false;
            try
            {
                if (!await csv.ReadAsync(token)) yield break;
            }
            catch (CsvFormatException e)
            {
                throw new ImportFileException(FormattableString.Invariant($"Row {row + 1} cannot be read: it is longer than 1 MB, or a quotation mark is never closed."), e);
            }
            row++;
            var text = Shown(Encoding.UTF8.GetString(csv.RawRecord));
            if (malformed) yield return (null, new RejectedRow(row, [FieldError.At("", "expected quotation marks around the whole field, and doubled within it")], text));
            else if (csv.FieldCount != mapping.Columns.Count) yield return (null, new RejectedRow(row, [FieldError.At("", FormattableString.Invariant($"expected {mapping.Columns.Count} fields, found {csv.FieldCount}"))], text));
            else yield return (new ImportRow(row, mapping.Read(csv.GetString), text), null);
        }
    }

    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var b = bytes[^back];
            if (b < 0x80) return bytes.Length;
            if (b >= 0xC0) return (b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2) > back ? bytes.Length - back : bytes.Length;
        }
        return bytes.Length;
    }

    private static string Shown(string text) => text.Length <= ShownText ? text : text[..(char.IsHighSurrogate(text[ShownText - 1]) ? ShownText - 1 : ShownText)];
}

/// <summary>The file cannot be read further; the message is for people.</summary>
public sealed class ImportFileException : Exception
{
    public ImportFileException() { }

    public ImportFileException(string message) : base(message) { }

    public ImportFileException(string message, Exception inner) : base(message, inner) { }
}

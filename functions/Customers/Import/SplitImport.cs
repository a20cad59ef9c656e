using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Customers;

/// <summary>
/// Reads the whole file and validates every row, before anything of it becomes a customer: sound rows go into chunks, the others are
/// kept with their reasons. Cut short, it begins anew and writes the same.
/// </summary>
public sealed class SplitImport(ImportStore imports, IBlobs blobs, CustomFields custom, Company company)
{
    private const int RowsInChunk = 200;

    /// <summary>Of text: keeps a chunk's document and files small.</summary>
    private const int TextInChunk = 400_000;

    public async Task Run(string id, CancellationToken token)
    {
        if (await imports.Find(id, token) is not { Value.State: ImportState.Validating } stored) return;
        var import = stored.Value;
        try
        {
            var after = await Split(import, token);
            await imports.Change(id, i => i.State == ImportState.Validating ? after : i, token);
        }
        catch (ImportFileException e)
        {
            await imports.Change(id, i => i.State == ImportState.Validating ? i with { State = ImportState.Failed, Error = e.Message } : i, token);
        }
    }

    private async Task<Import> Split(Import import, CancellationToken token)
    {
        var charset = await Read(import, content => ImportFile.CharsetOf(content, token), token)
            ?? throw new ImportFileException("The file is neither UTF-8 nor windows-1252: save it as UTF-8.");
        import = import with { Charset = charset };
        var (chunk, counts, text) = (0, new ImportCounts(), 0);
        var (sound, rejected) = (new List<ImportRow>(), new List<RejectedRow>());
        var seen = new Dictionary<UInt128, int>();
        await Read(import, async content =>
        {
            await foreach (var (row, wrong) in ImportFile.Rows(import, content, charset, Header, token))
            {
                if (row is not null && (Twice(row, seen) ?? await Fault(row, token)) is { } fault) rejected.Add(new RejectedRow(row.Row, fault.Errors ?? [], row.Text));
                else if (row is not null) sound.Add(row);
                else rejected.Add(wrong!);
                text += (row?.Text ?? wrong!.Text).Length;
                if (sound.Count + rejected.Count >= RowsInChunk || text >= TextInChunk) await Keep();
            }
            if (sound.Count + rejected.Count > 0) await Keep();
            return true;
        }, token);
        if (counts.Rows == 0) throw new ImportFileException("The file has no rows.");
        return import with { State = import.StartsItself && counts.Valid > 0 ? ImportState.Running : ImportState.Ready, Chunks = chunk, Counts = counts };

        ImportMapping Header(IReadOnlyList<string> header, string separator)
        {
            var mapping = ImportMapping.Of(header, import.Mapping).Match(m => m, problem => throw new ImportFileException(string.Join("; ", problem.Errors!.Select(e => e.Detail))));
            import = import with { Columns = mapping.Columns, Separator = separator };
            return mapping;
        }

        async Task Keep()
        {
            await imports.WriteLines(import.ChunkBlob(chunk), sound, CustomersJson.Crm.ImportRow, token);
            var own = new ImportCounts(sound.Count + rejected.Count, sound.Count, rejected.Count);
            await imports.Put(new ImportChunk(ImportChunk.IdOf(chunk), import.View, chunk, ImportChunkState.Validated, own, [.. rejected]), token);
            (chunk, counts, text) = (chunk + 1, counts + own, 0);
            sound.Clear();
            rejected.Clear();
        }
    }

    private async Task<Problem?> Fault(ImportRow row, CancellationToken token) =>
        row.Fields.Fault(company.Region) ?? await custom.Fault(CustomField.OfCustomers, row.Fields.Custom, token);

    /// <summary>One customer in two rows: which of them counts, the file does not say.</summary>
    private static Problem? Twice(ImportRow row, Dictionary<UInt128, int> seen)
    {
        var (key, at) = row.Fields.ExternalId?.Trim() is { Length: > 0 } own ? ("own:" + own, "/externalId") : Identity.Email(row.Fields.Emails is [var first, ..] ? first : null) is { } mail ? ("email:" + mail.Value, "/emails/0") : (null, "");
        if (key is null || seen.TryAdd(BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key))), row.Row)) return null;
        var earlier = seen[BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)))];
        return Problems.Invalid(FieldError.At(at, FormattableString.Invariant($"expected each customer once: row {earlier} is the same one")));
    }

    private async Task<T> Read<T>(Import import, Func<Stream, Task<T>> read, CancellationToken token)
    {
        await using var blob = await blobs.Open(import.BlobOf("file"), token) ?? throw new ImportFileException("The file is no longer kept.");
        return await read(blob.Content);
    }
}

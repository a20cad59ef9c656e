using System.Net.Http.Headers;
using System.Text.Json;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>
/// Takes a file of customers, CSV or NDJSON, and validates it; <c>start=auto</c> takes it in as soon as it is validated. <c>mapping</c> is
/// a JSON object of column to field.
/// </summary>
public sealed class CreateImport(IDocuments documents, IBlobs blobs, TimeProvider clock)
{
    private const int MaxMapping = 8_000;

    [Function("CreateImport")]
    [OpenApiOperation("createImport", "imports")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports")] HttpRequest request,
        CancellationToken token)
    {
        var format = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType?.ToLowerInvariant() switch { "text/csv" => "csv", "application/x-ndjson" => "ndjson", _ => null } : null;
        if (format is null || request.Headers.ContentEncoding.Count > 0)
        {
            return Answer.Problem(new Problem(415, "/problems/unsupported-media-type", "The body has another type.", "A file is taken as text/csv or application/x-ndjson, as it is.")
            {
                Errors = [format is null ? FieldError.Of("Content-Type", "expected text/csv or application/x-ndjson") : FieldError.Of("Content-Encoding", "expected none")],
            });
        }
        return await Read(request).Match(async wish =>
        {
            var id = NewIds.Of(request.HttpContext, clock);
            // An earlier try of this same request has written it.
            if (await documents.Get(Import.KeyOf(id), CustomersJson.Crm.Import, token) is { } earlier) return Created(earlier.Value, earlier.ETag);
            var now = clock.GetUtcNow();
            var import = new Import { Id = id, State = ImportState.Validating, Format = format, Size = 0, StartsItself = wish.StartsItself, Mapping = wish.Mapping, CreatedAt = now, ChangedAt = now, SortAt = now };
            await blobs.Put(import.BlobOf("file"), request.Body, format == "csv" ? "text/csv" : "application/x-ndjson", default, token);
            var file = await blobs.Find(import.BlobOf("file"), token);
            if (file is null or { Length: 0 }) return Answer.Problem(Problems.Invalid(FieldError.At("", "expected a file that is not empty")));
            import = import with { Size = file.Length };
            return await documents.Put(Import.KeyOf(id), import, CustomersJson.Crm.Import, token, Precondition.Absent) is WriteOutcome.Written written
                ? Created(import, written.ETag)
                : Answer.Problem(Problems.Conflict("Another try of this request came at this moment."));
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    private static IResult Created(Import import, string etag) => Answer.Json(import, CustomersJson.Crm.Import, StatusCodes.Status201Created, etag, $"/api/imports/{import.Id}");

    private static Outcome<(bool StartsItself, IReadOnlyDictionary<string, string> Mapping)> Read(HttpRequest request)
    {
        var errors = new List<FieldError>();
        foreach (var name in request.Query.Keys.Where(k => k is not ("start" or "mapping"))) errors.Add(FieldError.In(name, "there is no such parameter here; expected start or mapping"));
        var start = request.Query["start"];
        if (start.Count > 1 || start.ToString() is not ("" or "auto" or "manual")) errors.Add(FieldError.In("start", "expected auto or manual"));
        IReadOnlyDictionary<string, string> mapping = new Dictionary<string, string>();
        if (request.Query["mapping"].ToString() is { Length: > 0 } text)
        {
            var read = text.Length > MaxMapping ? null : Parse(text);
            if (read is null) errors.Add(FieldError.In("mapping", "expected a JSON object of column to field"));
            else if (read.Values.FirstOrDefault(f => f is null || !ImportMapping.IsField(f)) is { } unknown) errors.Add(FieldError.In("mapping", $"expected fields of {string.Join(", ", ImportMapping.Fields)}, custom.<name>, or an empty text for a column that is left out; not '{unknown}'"));
            else mapping = read;
        }
        return errors.Count > 0 ? Problems.Invalid(errors) : (start == "auto", mapping);
    }

    private static Dictionary<string, string>? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, CustomersJson.Crm.DictionaryStringString);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

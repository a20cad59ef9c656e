using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;

namespace Crm.Resources;

/// <summary>
/// One noun of the API, and the one manner in which all are made, read, changed and deleted. A noun says what its documents and
/// fields are; its slices call the verbs.
/// </summary>
/// <typeparam name="T">The document, as answers show it.</typeparam>
/// <typeparam name="TFields">What a caller may say of it.</typeparam>
public abstract class Resource<T, TFields>(IDocuments documents, TimeProvider clock)
    where T : class
    where TFields : class
{
    private const string MergePatchType = "application/merge-patch+json";

    /// <summary>Such as <c>/api/campaigns</c>.</summary>
    protected abstract string Path { get; }

    /// <summary>Such as <c>campaign</c>, for sentences.</summary>
    protected abstract string Noun { get; }

    public abstract JsonTypeInfo<T> Type { get; }

    public abstract JsonTypeInfo<TFields> FieldsType { get; }

    protected IDocuments Documents => documents;

    protected TimeProvider Clock => clock;

    /// <summary>Null for an id that none of this noun can be, or that is nobody's.</summary>
    protected abstract ValueTask<DocumentKey?> KeyOf(string id, CancellationToken token);

    protected abstract string IdOf(T value);

    protected abstract TFields FieldsOf(T value);

    /// <summary>What is wrong with the fields by themselves.</summary>
    protected abstract Problem? Fault(TFields fields);

    protected abstract T Make(string id, TFields fields, DateTimeOffset now);

    protected abstract T Change(T value, TFields fields, DateTimeOffset now);

    /// <summary>What is wrong with the value beside what is stored: a name that is taken, a reference to nothing.</summary>
    protected virtual ValueTask<Problem?> Refuse(T? before, T after, CancellationToken token) => ValueTask.FromResult<Problem?>(null);

    /// <summary>Writes the document, and in the same transaction whatever must never be without it.</summary>
    protected virtual async ValueTask<WriteOutcome> Store(T? before, T after, Precondition precondition, CancellationToken token) =>
        await documents.Put((await KeyOf(IdOf(after), token))!.Value, after, Type, token, precondition);

    /// <summary>Null where there is none, and for one that is deleted.</summary>
    public virtual async ValueTask<Stored<T>?> Find(string id, CancellationToken token) =>
        id.Length is > 0 and <= 100 && await KeyOf(id, token) is { } key ? await documents.Get(key, Type, token) : null;

    /// <summary>POST: 201 with Location and ETag.</summary>
    public async Task<IResult> Create(HttpRequest request, CancellationToken token)
    {
        var read = await JsonBody.Read(request, FieldsType, token);
        return await read.Match(async fields =>
        {
            var made = await Create(NewIds.Of(request.HttpContext, clock), fields, token);
            return made.Match(
                m => Answer.Json(m.Value, Type, StatusCodes.Status201Created, m.ETag, $"{Path}/{IdOf(m.Value)}"),
                Answer.Problem);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    /// <summary>The same without HTTP. An id that exists already is this same request's earlier try.</summary>
    public virtual async Task<Outcome<Stored<T>>> Create(string id, TFields fields, CancellationToken token)
    {
        if (Fault(fields) is { } fault) return fault;
        var now = clock.GetUtcNow();
        var value = Make(id, fields, now);
        if (await Find(id, token) is { } earlier) return earlier;
        if (await Refuse(null, value, token) is { } refused) return refused;
        return await Store(null, value, Precondition.Absent, token) switch
        {
            WriteOutcome.Written written => new Stored<T>(value, written.ETag, now),
            WriteOutcome.Exists when await Find(IdOf(value), token) is { } existing => existing,
            WriteOutcome.TooLarge => Problems.TooLarge(Limits.DocumentBytes),
            _ => Problems.Conflict($"Another {Noun} with these fields came at this moment. Read and try again."),
        };
    }

    /// <summary>POST of up to 100: 200 with what became of each, in their order.</summary>
    public Task<IResult> CreateMany(HttpRequest request, CancellationToken token) =>
        Batches.Run(request, FieldsType, async (fields, index) =>
        {
            var made = await Create(NewIds.Of(request.HttpContext, clock, index), fields, token);
            return made.Match(m => BatchResult.Made(IdOf(m.Value), m.ETag), BatchResult.Refused);
        }, token);

    /// <summary>GET: 200 with ETag, 304 to a known one, 404.</summary>
    public async Task<IResult> Get(string id, CancellationToken token) =>
        await Find(id, token) is { } stored ? Answer.Json(stored.Value, Type, etag: stored.ETag) : Answer.Problem(NotFound());

    /// <summary>PATCH by JSON Merge Patch on the version in If-Match: 200 with the new ETag, 412, 428.</summary>
    public async Task<IResult> Change(HttpRequest request, string id, CancellationToken token) =>
        await IfMatch.Read(request).Match(async etag =>
        {
            var read = await JsonBody.Read(request, ResourcesJson.Crm.JsonObject, token, MergePatchType);
            return await read.Match(async patch =>
            {
                var changed = await Change(id, etag, patch, token);
                return changed.Match(c => Answer.Json(c.Value, Type, etag: c.ETag), Answer.Problem);
            }, problem => Task.FromResult(Answer.Problem(problem)));
        }, problem => Task.FromResult(Answer.Problem(problem)));

    /// <summary>DELETE of the version in If-Match: 204, 412, 428.</summary>
    public async Task<IResult> Delete(HttpRequest request, string id, CancellationToken token) =>
        await IfMatch.Read(request).Match(async etag =>
        {
            if (await Find(id, token) is not { } stored) return Answer.Problem(NotFound());
            if (stored.ETag != etag) return Answer.Problem(Problems.PreconditionFailed());
            return await Remove(stored, token) is { } refused ? Answer.Problem(refused) : Answer.Empty();
        }, problem => Task.FromResult(Answer.Problem(problem)));

    /// <summary>Null when it is done.</summary>
    protected virtual async ValueTask<Problem?> Remove(Stored<T> stored, CancellationToken token) =>
        await documents.Delete((await KeyOf(IdOf(stored.Value), token))!.Value, Precondition.Match(stored.ETag), token) is WriteOutcome.Written
            ? null
            : Problems.PreconditionFailed();

    /// <summary>The merge patch on the version with this ETag.</summary>
    public async Task<Outcome<Stored<T>>> Change(string id, string etag, JsonObject patch, CancellationToken token)
    {
        if (await Find(id, token) is not { } stored) return NotFound();
        if (stored.ETag != etag) return Problems.PreconditionFailed();
        var patched = MergePatch.Apply(JsonSerializer.SerializeToNode(FieldsOf(stored.Value), FieldsType), patch);
        var read = JsonBody.Parse(JsonSerializer.SerializeToUtf8Bytes(patched, ResourcesJson.Crm.JsonNode), FieldsType);
        return await read.Match(fields => Write(stored, fields, token), problem => Task.FromResult<Outcome<Stored<T>>>(problem));
    }

    protected Problem NotFound() => Problems.NotFound($"There is no such {Noun}.");

    private async Task<Outcome<Stored<T>>> Write(Stored<T> stored, TFields fields, CancellationToken token)
    {
        if (Fault(fields) is { } fault) return fault;
        var now = clock.GetUtcNow();
        var value = Change(stored.Value, fields, now);
        if (await Refuse(stored.Value, value, token) is { } refused) return refused;
        return await Store(stored.Value, value, Precondition.Match(stored.ETag), token) switch
        {
            WriteOutcome.Written written => new Stored<T>(value, written.ETag, now),
            WriteOutcome.TooLarge => Problems.TooLarge(Limits.DocumentBytes),
            _ => Problems.PreconditionFailed(),
        };
    }
}

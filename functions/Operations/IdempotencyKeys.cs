using System.Security.Cryptography;
using System.Text;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Crm.Operations;

/// <summary>
/// Idempotency-Key on every POST of the API: the first answer is kept for 24 hours and repeated; the same key with another
/// request is a conflict. A try that died with its process is made again with the same new ids, so that what it had
/// written is found and not doubled.
/// </summary>
public sealed class IdempotencyKeys(IDocuments documents, TimeProvider clock, Instances instances)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";

    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>No request lives longer behind the platform's gateway.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(230);

    /// <summary>Runs the request, or repeats the answer that it got before.</summary>
    public async Task Run(HttpContext http, string callerId, Func<Task> next)
    {
        var request = http.Request;
        if (!HttpMethods.IsPost(request.Method) || request.Headers[Header].Count == 0)
        {
            await next();
            return;
        }
        if (request.Headers[Header] is not [{ Length: >= 1 and <= 255 } key] || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            await Answer.Write(http, Problems.Invalid(FieldError.Of(Header, "expected one key of 1 to 255 visible ASCII characters")));
            return;
        }
        await Run(http, $"idem-{Ids.Of($"{callerId}:{key}")}", await Fingerprint(request), next);
    }

    private static DocumentKey KeyOf(string id) => new(Containers.Identities, id, id);

    private async Task Run(HttpContext http, string id, string fingerprint, Func<Task> next)
    {
        var token = http.RequestAborted;
        var now = clock.GetUtcNow();
        var mine = new IdempotencyKey { Id = id, Fingerprint = fingerprint, Seed = Ids.New(clock), RunningSince = now, RunBy = instances.Own };
        var outcome = await documents.Put(KeyOf(id), mine, OperationsJson.Crm.IdempotencyKey, token, Precondition.Absent, Kept);
        if (outcome is not WriteOutcome.Written)
        {
            if (await documents.Get(KeyOf(id), OperationsJson.Crm.IdempotencyKey, token) is not { } stored)
            {
                await Answer.Write(http, Problems.StillRunning(1));
                return;
            }
            var earlier = stored.Value;
            if (earlier.Fingerprint != fingerprint)
            {
                await Answer.Write(http, Problems.IdempotencyKeyReused());
                return;
            }
            if (earlier.Answer is { } answer)
            {
                await Repeat(http, answer);
                return;
            }
            if (earlier.RunningSince is { } since && !instances.IsGone(earlier.RunBy) && now - since < LongestRequest)
            {
                await Answer.Write(http, Problems.StillRunning(1));
                return;
            }
            mine = mine with { Seed = earlier.Seed };
            outcome = await documents.Put(KeyOf(id), mine, OperationsJson.Crm.IdempotencyKey, token, Precondition.Match(stored.ETag), Kept);
            if (outcome is not WriteOutcome.Written)
            {
                await Answer.Write(http, Problems.StillRunning(1));
                return;
            }
        }
        NewIds.Seed(http, mine.Seed);
        await RunAndKeep(http, mine, next);
    }

    private async Task RunAndKeep(HttpContext http, IdempotencyKey mine, Func<Task> next)
    {
        var plain = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        try
        {
            await next();
            await http.Response.BodyWriter.FlushAsync(CancellationToken.None);
        }
        catch
        {
            // The next try may begin at once: whatever this one wrote has the same ids.
            await Keep(mine with { RunningSince = null });
            throw;
        }
        finally
        {
            http.Features.Set(plain);
        }
        await Keep(http.Response.StatusCode >= StatusCodes.Status500InternalServerError
            ? mine with { RunningSince = null }
            : mine with { RunningSince = null, Answer = AnswerOf(http.Response, body) });
        body.Position = 0;
        await body.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    // The caller may be gone; the answer is kept all the same.
    private async Task Keep(IdempotencyKey key) =>
        await documents.Put(KeyOf(key.Id), key, OperationsJson.Crm.IdempotencyKey, CancellationToken.None, default, Kept);

    private static KeptAnswer AnswerOf(HttpResponse response, MemoryStream body)
    {
        var headers = response.Headers;
        var secret = headers.CacheControl == "no-store" && response.StatusCode < 400;
        return new KeptAnswer(response.StatusCode, response.ContentType, NotEmpty(headers.Location), NotEmpty(headers.ETag), secret ? null : Convert.ToBase64String(body.ToArray()));

        static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
    }

    private static async Task Repeat(HttpContext http, KeptAnswer answer)
    {
        var response = http.Response;
        response.Headers[ReplayedHeader] = "true";
        if (answer.Location is { } location) response.Headers.Location = location;
        if (answer.BodyBase64 is null)
        {
            await Answer.Write(http, new Problem(409, "/problems/answer-not-kept", "The request was carried out; its answer is not repeated.", "The answer held a secret, which is kept nowhere. See Location for what was made."));
            return;
        }
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        if (answer.ETag is { } etag) response.Headers.ETag = etag;
        await response.Body.WriteAsync(Convert.FromBase64String(answer.BodyBase64), http.RequestAborted);
    }

    /// <summary>Of a body longer than any that the API reads whole (an upload), its length and first megabyte.</summary>
    private static async Task<string> Fingerprint(HttpRequest request)
    {
        request.EnableBuffering(JsonBody.Limit, long.MaxValue);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n{request.ContentType}\n{request.ContentLength}\n"));
        var buffer = new byte[32 * 1024];
        var left = JsonBody.Limit;
        while (left > 0 && await request.Body.ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)), request.HttpContext.RequestAborted) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            left -= read;
        }
        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

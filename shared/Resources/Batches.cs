using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Crm.Kernel;
using Microsoft.AspNetCore.Http;

namespace Crm.Resources;

/// <summary>Up to 100 items in one request, each with an answer of its own: a faulty one holds up none of its neighbours.</summary>
public static class Batches
{
    public const int MaxItems = 100;

    private const int AtOnce = 16;

    /// <summary>200 with <c>{"items": [...]}</c> in the order of the request; 400 where there is no list of 1 to 100.</summary>
    public static async Task<IResult> Run<T>(HttpRequest request, JsonTypeInfo<T> type, Func<T, int, Task<BatchResult>> one, CancellationToken token) where T : class
    {
        var read = await JsonBody.Read(request, ResourcesJson.Crm.BatchRequest, token);
        return await read.Match(async batch =>
        {
            if (batch.Items is not { Count: >= 1 and <= MaxItems } items)
                return Answer.Problem(Problems.Invalid(FieldError.At("/items", FormattableString.Invariant($"expected a list of 1 to {MaxItems} items"))));
            var results = new BatchResult[items.Count];
            await Parallel.ForAsync(0, items.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = token }, async (i, _) =>
                results[i] = await JsonBody.Parse(JsonSerializer.SerializeToUtf8Bytes(items[i], ResourcesJson.Crm.JsonElement), type)
                    .Match(value => one(value, i), problem => Task.FromResult(BatchResult.Refused(problem))));
            return Answer.Json(new BatchAnswer(results), ResourcesJson.Crm.BatchAnswer);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BatchRequest(IReadOnlyList<JsonElement>? Items = null);

/// <param name="Status">What the item alone would have been answered with.</param>
/// <param name="Problem">Pointers are into the item.</param>
public sealed record BatchResult(int Status, string? Id = null, [property: JsonPropertyName("etag")] string? ETag = null, Problem? Problem = null)
{
    public static BatchResult Made(string id, string etag) => new(StatusCodes.Status201Created, id, $"\"{etag}\"");

    public static BatchResult Refused(Problem problem) => new(problem.Status, Problem: problem);
}

public sealed record BatchAnswer(IReadOnlyList<BatchResult> Items);

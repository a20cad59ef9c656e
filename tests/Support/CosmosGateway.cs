using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Crm.Tests.Support;

/// <summary>One failure of <see cref="CosmosGateway"/>: a status, or a connection that breaks.</summary>
/// <param name="Status">Null: the connection breaks.</param>
/// <param name="Happened">The request is carried out, and only its answer is lost.</param>
public sealed record CosmosFault(HttpStatusCode? Status, bool Happened = false, int SubStatus = 0);

/// <summary>
/// The gateway of a Cosmos DB account in memory, for exactly what the adapter sends through the SDK; anything else throws. It purges
/// nothing, as the service may take its time.
/// </summary>
public sealed partial class CosmosGateway : HttpMessageHandler
{
    public const string Account = "AccountEndpoint=https://cosmos.invalid/;AccountKey=bm8ga2V5IG9mIGFueSBhY2NvdW50";

    private const string DatabaseRid = "AQAAAA==";

    private readonly Lock gate = new();
    private readonly Dictionary<string, Collection> collections = new(StringComparer.Ordinal);
    private readonly Queue<(Func<HttpRequestMessage, bool> When, CosmosFault Fault)> faults = [];
    private bool exists;
    private long sequence;

    static CosmosGateway()
    {
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");
        Environment.SetEnvironmentVariable("AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX", "true");
    }

    /// <summary>The next write of a document meets these, in their order.</summary>
    public void FailWrites(params ReadOnlySpan<CosmosFault> next)
    {
        foreach (var fault in next) faults.Enqueue((IsWrite, fault));
    }

    /// <summary>The next reads of documents (by id, query or feed) meet these.</summary>
    public void FailReads(params ReadOnlySpan<CosmosFault> next)
    {
        foreach (var fault in next) faults.Enqueue((r => IsOfDocuments(r) && !IsWrite(r), fault));
    }

    /// <summary>Faults that no request met.</summary>
    public int FaultsLeft => faults.Count;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        lock (gate)
        {
            CosmosFault? fault = null;
            if (faults.TryPeek(out var next) && next.When(request)) fault = faults.Dequeue().Fault;
            var answer = fault is null or { Happened: true } ? Route(request, body) : null;
            if (fault is { Status: null }) throw new HttpRequestException("The connection broke.");
            if (fault is not null) answer = Answer(fault.Status!.Value, Error(), ("x-ms-substatus", $"{fault.SubStatus}"), ("x-ms-retry-after-ms", "1"));
            answer!.RequestMessage = request;
            return answer;
        }
    }

    private static bool IsOfDocuments(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.Split('/') is [_, "dbs", _, "colls", _, "docs", ..];

    private static bool IsWrite(HttpRequestMessage request) => IsOfDocuments(request) && request.Method != HttpMethod.Get && !IsQuery(request);

    private static bool IsQuery(HttpRequestMessage request) => request.Content?.Headers.ContentType?.MediaType == "application/query+json";

    private HttpResponseMessage Route(HttpRequestMessage request, byte[] body)
    {
        var path = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        return (request.Method.Method, path) switch
        {
            ("GET", []) => Answer(HttpStatusCode.OK, AccountProperties()),
            ("POST", ["dbs"]) => MakeDatabase(body),
            ("GET", ["dbs", _]) => exists ? Answer(HttpStatusCode.OK, DatabaseProperties(path[1])) : Answer(HttpStatusCode.NotFound, Error()),
            ("DELETE", ["dbs", _]) => RemoveDatabase(),
            ("POST", ["dbs", _, "colls"]) => MakeCollection(body),
            ("GET", ["dbs", _, "colls", var name]) => Named(name) is { } found ? Answer(HttpStatusCode.OK, found.Properties) : Answer(HttpStatusCode.NotFound, Error()),
            ("GET", ["dbs", _, "colls", var name, "pkranges"]) => Ranges(request, Named(name)!),
            (_, ["dbs", _, "colls", var name, "docs", ..]) when Named(name) is { } collection => Documents(request, collection, path.ElementAtOrDefault(5), body),
            _ => throw new NotSupportedException($"{request.Method} {request.RequestUri}"),
        };
    }

    private Collection? Named(string name) => collections.GetValueOrDefault(name) ?? collections.Values.FirstOrDefault(c => c.Rid == name);

    private static JsonObject AccountProperties()
    {
        JsonArray Here() => [new JsonObject { ["name"] = "Here", ["databaseAccountEndpoint"] = "https://cosmos.invalid/" }];
        return new JsonObject
        {
            ["_self"] = "",
            ["id"] = "cosmos",
            ["_rid"] = "cosmos.invalid",
            ["media"] = "//media/",
            ["addresses"] = "//addresses/",
            ["_dbs"] = "//dbs/",
            ["writableLocations"] = Here(),
            ["readableLocations"] = Here(),
            ["enableMultipleWriteLocations"] = false,
            ["userReplicationPolicy"] = new JsonObject { ["asyncReplication"] = false, ["minReplicaSetSize"] = 3, ["maxReplicasetSize"] = 4 },
            ["userConsistencyPolicy"] = new JsonObject { ["defaultConsistencyLevel"] = "Session" },
            ["systemReplicationPolicy"] = new JsonObject { ["minReplicaSetSize"] = 3, ["maxReplicasetSize"] = 4 },
            ["readPolicy"] = new JsonObject { ["primaryReadCoefficient"] = 1, ["secondaryReadCoefficient"] = 1 },
            ["queryEngineConfiguration"] = """{"maxSqlQueryInputLength":262144,"maxJoinsPerSqlQuery":5,"maxLogicalAndPerSqlQuery":500,"maxLogicalOrPerSqlQuery":500,"maxUdfRefPerSqlQuery":10,"maxInExpressionItemsCount":16000,"queryMaxInMemorySortDocumentCount":500,"maxQueryRequestTimeoutFraction":0.9,"sqlAllowNonFiniteNumbers":false,"sqlAllowAggregateFunctions":true,"sqlAllowSubQuery":true,"sqlAllowScalarSubQuery":true,"allowNewKeywords":true,"sqlAllowLike":true,"sqlAllowGroupByClause":true,"maxSpatialQueryCells":12,"spatialMaxGeometryPointCount":256,"sqlDisableOptimizationFlags":0,"sqlAllowTop":true,"enableSpatialIndexing":true}""",
        };
    }

    private static JsonObject DatabaseProperties(string name) => new() { ["id"] = name, ["_rid"] = DatabaseRid, ["_self"] = $"dbs/{DatabaseRid}/", ["_etag"] = "\"0\"", ["_colls"] = "colls/", ["_users"] = "users/", ["_ts"] = 0 };

    private HttpResponseMessage MakeDatabase(byte[] body)
    {
        exists = true;
        return Answer(HttpStatusCode.Created, DatabaseProperties(JsonNode.Parse(body)!["id"]!.GetValue<string>()));
    }

    private HttpResponseMessage RemoveDatabase()
    {
        exists = false;
        collections.Clear();
        return Answer(HttpStatusCode.NoContent, null);
    }

    private HttpResponseMessage MakeCollection(byte[] body)
    {
        var properties = JsonNode.Parse(body)!.AsObject();
        var name = properties["id"]!.GetValue<string>();
        var rid = Convert.ToBase64String([1, 0, 0, 0, 0x80, 0, 0, (byte)(collections.Count + 1)]).Replace('/', '-');
        properties["_rid"] = rid;
        properties["_self"] = $"dbs/{DatabaseRid}/colls/{rid}/";
        properties["_etag"] = "\"0\"";
        properties["_ts"] = 0;
        if (!collections.TryAdd(name, new Collection(name, rid, properties["partitionKey"]!["paths"]![0]!.GetValue<string>()[1..], properties))) return Answer(HttpStatusCode.Conflict, Error());
        return Answer(HttpStatusCode.Created, properties);
    }

    private static HttpResponseMessage Ranges(HttpRequestMessage request, Collection collection)
    {
        if (request.Headers.IfNoneMatch.Count > 0 || Header(request, "If-None-Match") is not null) return Answer(HttpStatusCode.NotModified, null, ("ETag", "\"1\""));
        var range = new JsonObject
        {
            ["_rid"] = Convert.ToBase64String([.. Convert.FromBase64String(collection.Rid.Replace('-', '/')), 2, 0, 0, 0, 0, 0, 0, 0x50]).Replace('/', '-'),
            ["id"] = "0",
            ["_etag"] = "\"1\"",
            ["minInclusive"] = "",
            ["maxExclusive"] = "FF",
            ["ridPrefix"] = 0,
            ["_self"] = "self",
            ["throughputFraction"] = 1,
            ["status"] = "online",
            ["parents"] = new JsonArray(),
            ["_ts"] = 0,
            ["_lsn"] = 1,
        };
        return Answer(HttpStatusCode.OK, new JsonObject { ["_rid"] = collection.Rid, ["PartitionKeyRanges"] = new JsonArray(range), ["_count"] = 1 }, ("ETag", "\"1\""));
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(",", values)
        : request.Content?.Headers.TryGetValues(name, out values) == true ? string.Join(",", values) : null;

    private static JsonObject Error() => new() { ["code"] = "Refused", ["message"] = "Refused." };

    private static HttpResponseMessage Answer(HttpStatusCode status, JsonObject? json, params ReadOnlySpan<(string Name, string Value)> headers) =>
        Sent(status, json is null ? [] : Encoding.UTF8.GetBytes(json.ToJsonString()), headers);

    private static HttpResponseMessage Sent(HttpStatusCode status, byte[] body, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent(body) };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        answer.Headers.TryAddWithoutValidation("x-ms-request-charge", "1.5");
        answer.Headers.TryAddWithoutValidation("x-ms-activity-id", "00000000-0000-0000-0000-000000000000");
        answer.Headers.TryAddWithoutValidation("x-ms-session-token", "0:-1#1");
        foreach (var (name, value) in headers) answer.Headers.TryAddWithoutValidation(name, value);
        return answer;
    }

    private sealed record Item(string Id, string Partition, string ETag, long Sequence, JsonObject Json);

    private sealed record Collection(string Name, string Rid, string PartitionProperty, JsonObject Properties)
    {
        public Dictionary<(string Partition, string Id), Item> Items { get; set; } = [];
    }
}

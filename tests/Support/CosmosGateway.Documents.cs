using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Crm.Tests.Support;

public sealed partial class CosmosGateway
{
    // The service counts its own properties against 2 MB as well; how it counts is not published, so a little more passes here.
    private const int MostBytes = 2 * 1024 * 1024 + 1024;

    private HttpResponseMessage Documents(HttpRequestMessage request, Collection collection, string? id, byte[] body)
    {
        var partition = Header(request, "x-ms-documentdb-partitionkey") is { } key ? JsonNode.Parse(key)![0]!.GetValue<string>() : null;
        switch (request.Method.Method)
        {
            case "POST" when IsQuery(request):
                return Query(request, collection, partition, JsonNode.Parse(body)!.AsObject());
            case "POST" when Header(request, "x-ms-cosmos-is-batch-request") is "True" or "true":
                return Batch(collection, partition!, body);
            case "POST":
                var upsert = string.Equals(Header(request, "x-ms-documentdb-is-upsert"), "true", StringComparison.OrdinalIgnoreCase);
                return Written(Write(collection, partition!, null, body, upsert ? 20 : 0, null));
            case "PUT":
                return Written(Write(collection, partition!, id, body, 5, Header(request, "If-Match")));
            case "GET" when id is not null:
                return collection.Items.TryGetValue((partition!, id), out var item)
                    ? Answer(HttpStatusCode.OK, item.Json, ("ETag", item.ETag))
                    : Answer(HttpStatusCode.NotFound, Error());
            case "GET" when Header(request, "A-IM") is "Incremental Feed" or "Incremental feed":
                return Feed(request, collection);
            default:
                throw new NotSupportedException($"{request.Method} {request.RequestUri}");
        }

        static HttpResponseMessage Written((HttpStatusCode Status, Item? Item) outcome) =>
            outcome.Item is { } item ? Sent(outcome.Status, [], ("ETag", item.ETag)) : Answer(outcome.Status, Error());
    }

    /// <summary>One write, by the number that the service gives its kind: 0 create, 5 replace, 20 upsert.</summary>
    private (HttpStatusCode Status, Item? Item) Write(Collection collection, string partition, string? id, byte[] body, int kind, string? ifMatch)
    {
        if (body.Length > MostBytes) return (HttpStatusCode.RequestEntityTooLarge, null);
        var json = JsonNode.Parse(body)!.AsObject();
        id ??= json["id"]!.GetValue<string>();
        if (json["id"]!.GetValue<string>() != id || json[collection.PartitionProperty]!.GetValue<string>() != partition) return (HttpStatusCode.BadRequest, null);
        var current = collection.Items.GetValueOrDefault((partition, id));
        if (kind == 0 && current is not null) return (HttpStatusCode.Conflict, null);
        if (kind == 5 && current is null) return (HttpStatusCode.NotFound, null);
        if (ifMatch is not null && ifMatch != current?.ETag) return (HttpStatusCode.PreconditionFailed, null);
        if (kind is not (0 or 5 or 20)) throw new NotSupportedException($"Operation {kind}");

        var next = ++sequence;
        var etag = string.Create(CultureInfo.InvariantCulture, $"\"{next:x8}-0000-0100-0000-000000000000\"");
        json["_rid"] = Convert.ToBase64String([.. Convert.FromBase64String(collection.Rid.Replace('-', '/')), .. BitConverter.GetBytes(next)]).Replace('/', '-');
        json["_self"] = $"dbs/{DatabaseRid}/colls/{collection.Rid}/docs/{json["_rid"]}/";
        json["_etag"] = etag;
        json["_attachments"] = "attachments/";
        json["_ts"] = 0;
        return (current is null ? HttpStatusCode.Created : HttpStatusCode.OK, collection.Items[(partition, id)] = new Item(id, partition, etag, next, json));
    }

    private HttpResponseMessage Feed(HttpRequestMessage request, Collection collection)
    {
        var after = Header(request, "If-None-Match") is { } text ? long.Parse(text.Trim('"'), CultureInfo.InvariantCulture) : 0;
        var limit = Header(request, "x-ms-max-item-count") is { } most ? int.Parse(most, CultureInfo.InvariantCulture) : 100;
        var changed = collection.Items.Values.Where(i => i.Sequence > after).OrderBy(i => i.Sequence).Take(limit).ToList();
        if (changed.Count == 0) return Answer(HttpStatusCode.NotModified, null, ("ETag", $"\"{after}\""), ("x-ms-item-count", "0"));
        return Answer(HttpStatusCode.OK, Page(collection, changed), ("ETag", $"\"{changed[^1].Sequence}\""), ("x-ms-item-count", $"{changed.Count}"));
    }

    private static HttpResponseMessage Query(HttpRequestMessage request, Collection collection, string? partition, JsonObject query)
    {
        var sql = CosmosSql.Parse(query["query"]!.GetValue<string>(), query["parameters"]?.AsArray() ?? []);
        var limit = Header(request, "x-ms-max-item-count") is { } most && most != "-1" ? int.Parse(most, CultureInfo.InvariantCulture) : 1000;
        var skip = Header(request, "x-ms-continuation") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        var found = sql.Run(collection.Items.Values.Where(i => partition is null || i.Partition == partition).Select(i => i.Json)).ToList();
        var page = found.Skip(skip).Take(limit).ToList();
        var json = new JsonObject { ["_rid"] = collection.Rid, ["Documents"] = new JsonArray([.. page.Select(sql.Project)]), ["_count"] = page.Count };
        return skip + page.Count < found.Count
            ? Answer(HttpStatusCode.OK, json, ("x-ms-continuation", $"{skip + page.Count}"), ("x-ms-item-count", $"{page.Count}"))
            : Answer(HttpStatusCode.OK, json, ("x-ms-item-count", $"{page.Count}"));
    }

    private static JsonObject Page(Collection collection, List<Item> items) => new()
    {
        ["_rid"] = collection.Rid,
        ["Documents"] = new JsonArray([.. items.Select(i =>
        {
            var json = i.Json.DeepClone();
            json["_lsn"] = i.Sequence;
            return json;
        })]),
        ["_count"] = items.Count,
    };
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Crm.Kernel;

/// <summary>
/// Every HTTP answer of the product. The results have no public properties: the isolated worker would copy those into its
/// answer to the host.
/// </summary>
public static class Answer
{
    /// <summary>JSON; with an ETag, a GET whose If-None-Match names it is answered 304.</summary>
    public static IResult Json<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK, string? etag = null, string? location = null) =>
        new Delegated(http => WriteJson(http, value, type, status, etag, location));

    /// <summary>JSON that holds a secret: nobody on the way may keep it.</summary>
    public static IResult Secret<T>(T value, JsonTypeInfo<T> type, int status, string location) => new Delegated(http =>
    {
        http.Response.Headers.CacheControl = "no-store";
        return WriteJson(http, value, type, status, null, location);
    });

    /// <summary>JSON bytes as they are stored.</summary>
    public static IResult Json(ReadOnlyMemory<byte> utf8, string? etag = null) => new Delegated(http =>
    {
        if (Prepare(http, StatusCodes.Status200OK, etag, null)) return Task.CompletedTask;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = utf8.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(utf8, http.RequestAborted).AsTask();
    });

    /// <summary>
    /// One page of a list, <c>{"items": [...], "nextCursor": "..."}</c>; where the request names fields, the items have those
    /// only.
    /// </summary>
    public static IResult Page<T>(IReadOnlyList<T> items, string? nextCursor, JsonTypeInfo<T> item, ListRequest list) => new Delegated(async http =>
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        if (HttpMethods.IsHead(http.Request.Method)) return;
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, CrmJson.Writer);
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        foreach (var one in items)
        {
            if (list.Fields is null) JsonSerializer.Serialize(json, one, item);
            else WriteSome(json, JsonSerializer.SerializeToElement(one, item), list.Fields);
        }
        json.WriteEndArray();
        if (nextCursor is not null) json.WriteString("nextCursor"u8, nextCursor);
        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted);
    });

    public static IResult Empty(int status = StatusCodes.Status204NoContent) => new Delegated(http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    public static IResult SeeOther(string location) => new Delegated(http =>
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = location;
        return Task.CompletedTask;
    });

    /// <summary>The stream is disposed when it has been sent.</summary>
    public static IResult Stream(Stream content, string contentType, string etag, long length, string? downloadName = null) => new Delegated(async http =>
    {
        await using (content)
        {
            if (Prepare(http, StatusCodes.Status200OK, etag, null)) return;
            http.Response.ContentType = contentType;
            http.Response.ContentLength = length;
            if (downloadName is not null)
            {
                var disposition = new ContentDispositionHeaderValue("attachment");
                disposition.SetHttpFileName(downloadName);
                http.Response.Headers.ContentDisposition = disposition.ToString();
            }
            if (!HttpMethods.IsHead(http.Request.Method)) await content.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
    });

    public static IResult Problem(Problem problem) => new Delegated(http => Write(http, problem));

    /// <summary>The one place where a <see cref="Kernel.Problem"/> becomes an HTTP answer.</summary>
    public static Task Write(HttpContext http, Problem problem)
    {
        var response = http.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in problem.Headers ?? new Dictionary<string, string>()) response.Headers[name] = value;
        if (HttpMethods.IsHead(http.Request.Method)) return Task.CompletedTask;
        return JsonSerializer.SerializeAsync(response.Body, problem with { TraceId = TraceId(http) }, KernelJson.Crm.Problem, http.RequestAborted);
    }

    /// <summary>The W3C trace id of the request when it is traced, else the server's own id for it.</summary>
    public static string TraceId(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    private static void WriteSome(Utf8JsonWriter json, JsonElement value, IReadOnlySet<string> fields)
    {
        json.WriteStartObject();
        foreach (var property in value.EnumerateObject())
        {
            if (fields.Contains(property.Name)) property.WriteTo(json);
        }
        json.WriteEndObject();
    }

    private static Task WriteJson<T>(HttpContext http, T value, JsonTypeInfo<T> type, int status, string? etag, string? location)
    {
        if (Prepare(http, status, etag, location)) return Task.CompletedTask;
        http.Response.ContentType = "application/json; charset=utf-8";
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : JsonSerializer.SerializeAsync(http.Response.BodyWriter, value, type, http.RequestAborted);
    }

    /// <summary>True when the answer is complete (304).</summary>
    private static bool Prepare(HttpContext http, int status, string? etag, string? location)
    {
        var response = http.Response;
        response.StatusCode = status;
        if (location is not null) response.Headers.Location = location;
        if (etag is null) return false;
        var quoted = $"\"{etag}\"";
        response.Headers.ETag = quoted;
        response.Headers.CacheControl = "private, no-cache";
        if (!(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))) return false;
        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        if (!known.Any(k => k.Tag == "*" || k.Tag == quoted)) return false;
        response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    private sealed class Delegated(Func<HttpContext, Task> write) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => write(httpContext);
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Tests.EmbeddedHost;

public sealed class Echo
{
    [Function("Echo")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "echo/{id:guid}/{page?}")] HttpRequest request,
        Guid id,
        int? page,
        string? q,
        int limit = 50) =>
        Task.FromResult(Results.Text($"{id} {page} {q} {limit}"));
}

public sealed class EchoAgain
{
    [Function("echo")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "again")] HttpRequest request) =>
        Task.FromResult(Results.Ok());
}

public sealed class Things(Journal journal) : IAsyncDisposable
{
    [Function("ListThings")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "things")] HttpRequest request) =>
        Task.FromResult(Results.Text("list"));

    [Function("GetThing")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id}")] HttpRequest request, string id) =>
        Task.FromResult(Results.Text("thing " + id));

    [Function("SearchThings")]
    public Task<IResult> Search([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "things/search")] HttpRequest request) =>
        Task.FromResult(Results.Text("search"));

    [Function("BreakThing")]
    public Task<IResult> Break([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "things/{id}/break")] HttpRequest request, int id) =>
        throw new InvalidOperationException("secret words " + id);

    [Function("Null")]
    public Task<IResult> Null([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "null")] HttpRequest request) =>
        Task.FromResult<IResult>(null!);

    [Function("Wait")]
    public async Task<IResult> Wait([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "wait")] HttpRequest request, CancellationToken token)
    {
        journal.Add("waiting");
        await journal.Gate("go").WaitAsync(token);
        return Results.Text("went");
    }

    public ValueTask DisposeAsync()
    {
        journal.Add("disposed");
        return ValueTask.CompletedTask;
    }
}

public sealed class Uploads
{
    /// <summary>Counts the body's bytes as they come, and answers some of them as a stream.</summary>
    [Function("Upload")]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "files/{**path}")] HttpRequest request, string? path, CancellationToken token)
    {
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        int read;
        while ((read = await request.Body.ReadAsync(buffer, token)) > 0) total += read;
        return Results.Stream(async body => await body.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"{path} {total}"), token), "text/plain");
    }
}

public sealed class AnyMethod
{
    [Function("AnyMethod")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
        Task.FromResult(Results.Text("any " + request.Method));
}

/// <summary>Allocates nothing itself but its own instance.</summary>
public sealed class Quiet : IResult
{
    private static readonly Task<IResult> Answer = Task.FromResult<IResult>(new Quiet());

    [Function("Quiet")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "quiet/{id}")] HttpRequest request, string id, CancellationToken token) =>
        Answer;

    public Task ExecuteAsync(HttpContext httpContext) => Task.CompletedTask;
}

public sealed class Everything
{
    [Function("Everything")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{**rest}")] HttpRequest request, string? rest) =>
        Task.FromResult(Results.Text("everything " + rest));
}

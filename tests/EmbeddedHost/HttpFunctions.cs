using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.EmbeddedHost;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Crm.Tests.EmbeddedHost;

public sealed class HttpFunctions
{
    private const string Id = "0b7a2a3e-3f1c-4e57-9f1e-2f6f3c1f9a10";
    private static readonly Type[] Functions = [typeof(Echo), typeof(Things), typeof(Uploads), typeof(AnyMethod)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData($"/echo/{Id}", $"{Id}   50")]
    [InlineData($"/echo/{Id}/7?q=a%20b&limit=-3", $"{Id} 7 a b -3")]
    [InlineData($"/ECHO/{Id}?Q=x&q=last&limit=", $"{Id}  last 50")]
    public async Task Route_and_query_values_bind_by_name(string path, string answer)
    {
        await using TestHost host = await TestHost.Start(Functions);
        Assert.Equal(answer, await host.Client.GetStringAsync(path, Token));
    }

    [Theory]
    [InlineData($"/echo/{Id}?limit=ten", "limit")]
    [InlineData($"/echo/{Id}/second", "page")]
    [InlineData($"/echo/{Id}?limit=99999999999", "limit")]
    public async Task A_value_that_cannot_be_read_is_a_bad_request_that_names_it(string path, string parameter)
    {
        await using TestHost host = await TestHost.Start(Functions);
        HttpResponseMessage answer = await host.Client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Contains($"'{parameter}'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404, "")]
    [InlineData("GET", "/echo/not-a-guid", 404, "")]
    [InlineData("OPTIONS", "/nowhere", 404, "")]
    [InlineData("DELETE", "/things", 405, "GET, HEAD")]
    [InlineData("DELETE", "/things/search", 405, "GET, POST")]
    [InlineData("HEAD", "/things/7", 405, "GET")]
    [InlineData("OPTIONS", "/things", 204, "GET, HEAD")]
    [InlineData("OPTIONS", "/things/search", 204, "GET, POST")]
    [InlineData("HEAD", "/things", 200, "")]
    [InlineData("GET", "/things/search", 200, "")]
    [InlineData("OPTIONS", "/AnyMethod", 200, "")]
    [InlineData("PURGE", "/AnyMethod", 200, "")]
    [InlineData("POST", "/own", 405, "GET")]
    public async Task Only_listed_methods_of_known_routes_are_served(string method, string path, int status, string allow)
    {
        await using TestHost host = await TestHost.Start(Functions, pipeline: app => app.MapGet("/own", () => "the app's own"));
        HttpResponseMessage answer = await host.Client.SendAsync(new(new HttpMethod(method), path), Token);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(allow, string.Join(", ", answer.Content.Headers.Allow));
    }

    [Fact]
    public async Task A_function_may_take_every_path_that_no_other_takes()
    {
        await using TestHost host = await TestHost.Start([typeof(Everything), .. Functions]);
        Assert.Equal("everything no/where", await host.Client.GetStringAsync("/no/where", Token));
        Assert.Equal("everything ", await host.Client.GetStringAsync("/", Token));
        Assert.Equal("list", await host.Client.GetStringAsync("/things", Token));
        HttpResponseMessage posted = await host.Client.PostAsync("/no/where", null, Token);
        Assert.Equal("everything no/where", await posted.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task The_app_writes_the_problem_when_it_wants_to()
    {
        await using TestHost host = await TestHost.Start(Functions, options: o => o.WriteProblem = (context, refused) =>
            context.Response.WriteAsync($"mine: {refused.Status} {refused.Parameter}", Token));
        Assert.Equal("mine: 404 ", await (await host.Client.GetAsync("/nowhere", Token)).Content.ReadAsStringAsync(Token));
        Assert.Equal("mine: 405 ", await (await host.Client.DeleteAsync("/things", Token)).Content.ReadAsStringAsync(Token));
        HttpResponseMessage bad = await host.Client.GetAsync($"/echo/{Id}?limit=x", Token);
        Assert.Equal((400, "mine: 400 limit"), ((int)bad.StatusCode, await bad.Content.ReadAsStringAsync(Token)));
    }

    [Fact]
    public async Task An_exception_reaches_the_apps_middleware_which_sees_the_function()
    {
        await using TestHost host = await TestHost.Start(Functions, pipeline: app => app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (InvalidOperationException)
            {
                context.Response.StatusCode = 418;
                await context.Response.WriteAsync(context.GetEndpoint()!.Metadata.GetMetadata<FunctionMetadata>()!.Name, Token);
            }
        }));
        HttpResponseMessage answer = await host.Client.PostAsync("/things/7/break", null, Token);
        Assert.Equal((418, "BreakThing"), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Token)));
    }

    [Theory]
    [InlineData("POST", "/things/7/break")]
    [InlineData("GET", "/null")]
    public async Task An_exception_that_nobody_handles_is_a_plain_500_without_details(string method, string path)
    {
        await using TestHost host = await TestHost.Start(Functions);
        HttpResponseMessage answer = await host.Client.SendAsync(new(new HttpMethod(method), path), Token);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task A_body_of_forty_megabytes_streams_through()
    {
        await using TestHost host = await TestHost.Start(Functions);
        using ByteArrayContent body = new(new byte[40 * 1024 * 1024]);
        HttpResponseMessage answer = await host.Client.PutAsync("/files/a/b.bin", body, Token);
        Assert.Equal($"a/b.bin {40 * 1024 * 1024}", await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using TestHost host = await TestHost.Start(Functions, options: o => o.MaxRequestBodyBytes = 1000);
        HttpResponseMessage answer = await host.Client.PutAsync("/files/x", new ByteArrayContent(new byte[1001]), Token);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Kestrels_limits_are_those_of_azure_functions()
    {
        await using TestHost host = await TestHost.Start(Functions);
        KestrelServerOptions kestrel = host.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value;
        Assert.Equal((104_857_600, false), (kestrel.Limits.MaxRequestBodySize!.Value, kestrel.AddServerHeader));
        Assert.True(host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout > TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_request_that_the_client_gives_up_cancels_its_function()
    {
        await using TestHost host = await TestHost.Start(Functions);
        using CancellationTokenSource impatient = new();
        Task<string> asked = host.Client.GetStringAsync("/wait", impatient.Token);
        await host.Journal.Until("waiting");
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await host.Journal.Until("disposed");
    }

    [Fact]
    public async Task A_request_adds_less_than_one_kilobyte_of_allocation()
    {
        await using TestHost host = await TestHost.Start([typeof(Quiet)]);
        Endpoint endpoint = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.Single(e => e.DisplayName == "Quiet");
        await using AsyncServiceScope scope = host.Services.CreateAsyncScope();
        DefaultHttpContext context = new() { RequestServices = scope.ServiceProvider };
        context.Request.RouteValues["id"] = "7";

        for (int i = 0; i < 100; i++) await endpoint.RequestDelegate!(context);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool all = true;
        for (int i = 0; i < 100; i++) all &= endpoint.RequestDelegate!(context).IsCompletedSuccessfully;
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;

        Assert.True(all); // Else some of it was allocated on other threads.
        Assert.InRange(each, 1, 1024);
        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes");
    }
}

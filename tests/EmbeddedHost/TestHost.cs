using Crm.EmbeddedHost;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crm.Tests.EmbeddedHost;

/// <summary>An app of toy functions on Kestrel with a clock that stands still until a test moves it.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestHost(WebApplication app, TestClock clock, Journal journal)
    {
        this.app = app;
        Clock = clock;
        Journal = journal;
        Client = new() { BaseAddress = new(app.Urls.First()) };
    }

    public TestClock Clock { get; }

    public Journal Journal { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => app.Services;

    public IFunctionsRuntime Runtime => app.Services.GetRequiredService<IFunctionsRuntime>();

    public static async Task<TestHost> Start(
        Type[] functions,
        TestClock? clock = null,
        Action<FunctionsOptions>? options = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? pipeline = null,
        Action<Journal>? journal = null)
    {
        clock ??= new();
        Journal words = new();
        journal?.Invoke(words);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(s => new RequestLoad(s.GetRequiredService<IOptions<FunctionsOptions>>().Value, clock));
        builder.Services.AddSingleton(words);
        builder.Services.AddFunctions(o =>
        {
            foreach (Type function in functions) o.Types.Add(function);
            o.Settings = Settings;
            options?.Invoke(o);
        });
        services?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        try
        {
            pipeline?.Invoke(app);
            app.MapFunctions();
            await app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new(app, clock, words);
    }

    public static string? Settings(string name) => name switch
    {
        "Database" => "db",
        "WorkQueue" => "work",
        "Hourly" => "0 0 * * * *",
        _ => null,
    };

    /// <summary>Waits a while of real time for the runtime to be idle, then gives up.</summary>
    public Task WhenIdle() => Runtime.WhenIdle(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public Task Stop() => app.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}

using System.Net.Http.Headers;
using System.Text;
using Crm.EmbeddedHost;
using Crm.Hosts;
using Crm.Operations;
using Crm.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Crm.Tests.Support;

/// <summary>The real embedded product on a loopback port and a fresh folder, with a clock that stands until it is moved.</summary>
public sealed class World : IAsyncDisposable
{
    public const string AdminKey = "crm_test-admin-key-of-the-world";

    public static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;

    private readonly bool _keepFolder;

    private World(DirectoryInfo folder, WebApplication app, FakeTimeProvider clock, bool keepFolder)
    {
        _keepFolder = keepFolder;
        _folder = folder;
        _app = app;
        Clock = clock;
        Url = new Uri(app.Urls.First());
        Anonymous = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Url };
        Admin = With(AdminKey);
    }

    public FakeTimeProvider Clock { get; }

    public Uri Url { get; }

    public HttpClient Anonymous { get; }

    public HttpClient Admin { get; }

    public IServiceProvider Services => _app.Services;

    public IDocuments Documents => Services.GetRequiredService<IDocuments>();

    public IBlobs Blobs => Services.GetRequiredService<IBlobs>();

    public static Task<World> Begin(params (string Name, string Value)[] settings) =>
        Begin(Directory.CreateTempSubdirectory("crm-world-"), Start, settings);

    /// <summary>A folder that another process has left.</summary>
    public static Task<World> Open(DirectoryInfo folder, DateTimeOffset now) => Begin(folder, now, [], keepFolder: true);

    /// <summary>The same folder again, as after a restart.</summary>
    public async Task<World> Restart()
    {
        await _app.DisposeAsync();
        return await Begin(_folder, Clock.GetUtcNow(), []);
    }

    public HttpClient With(string key)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public async Task<HttpClient> As(Role role)
    {
        var value = ApiKey.NewValue();
        await Services.GetRequiredService<ApiKeys>().Keep(ApiKey.Of(value, role.ToString(), role, Clock.GetUtcNow()), CancellationToken.None);
        return With(value);
    }

    /// <summary>Until every feed is read, every queue empty, and nothing runs.</summary>
    public Task Settle() => Services.GetRequiredService<IFunctionsRuntime>().WhenIdle(TestContext.Current.CancellationToken);

    /// <summary>Every document of the containers, with its version: equal texts mean that nothing was written.</summary>
    public async Task<string> Versions(params IReadOnlyList<string> containers)
    {
        var text = new StringBuilder();
        foreach (var container in containers)
        {
            var page = await Documents.Query(new DocumentQuery(container, null, [], Limit: Limits.PageSize), TestContext.Current.CancellationToken);
            foreach (var document in page.Documents) text.Append(container).Append('/').Append(document.Key.Id).Append(' ').AppendLine(document.ETag);
        }
        return text.ToString();
    }

    public Task<StandardSender> Connect(string name = "Shop") => StandardSender.Connect(this, name);

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        Admin.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        if (!_keepFolder) _folder.Delete(recursive: true);
    }

    private static async Task<World> Begin(DirectoryInfo folder, DateTimeOffset now, (string Name, string Value)[] settings, bool keepFolder = false)
    {
        var clock = new FakeTimeProvider(now);
        var given = new Dictionary<string, string?> { [FirstAdminKey.Setting] = AdminKey, ["RateLimit:RequestsPerMinute"] = "1000000" };
        foreach (var (name, value) in settings) given[name] = value;
        var app = EmbeddedApp.Create(folder.FullName, "http://127.0.0.1:0", given, clock, logging => logging.AddProvider(new TestLog()));
        await app.Services.GetRequiredService<FirstAdminKey>().Ensure(AdminKey, CancellationToken.None);
        await app.StartAsync();
        return new World(folder, app, clock, keepFolder);
    }
}

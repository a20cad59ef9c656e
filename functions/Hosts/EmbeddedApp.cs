using Crm.Adapters.Blobs;
using Crm.Adapters.Files;
using Crm.Adapters.Sqlite;
using Crm.EmbeddedHost;
using Crm.Kernel;
using Crm.Operations;
using Crm.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crm.Hosts;

/// <summary>The product in one process: SQLite, files, and the functions on Kestrel.</summary>
public static class EmbeddedApp
{
    /// <param name="settings">Added last, so that they win over the environment.</param>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    public static WebApplication Create(
        string dataFolder, string urls, IReadOnlyDictionary<string, string?>? settings = null, TimeProvider? clock = null, Action<ILoggingBuilder>? logging = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(Defaults).AddEnvironmentVariables().AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.Hosting", LogLevel.Warning)
            // It warns at each first start that its keys are not encrypted; who can read the data folder can read everything.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        (logging ?? (l => l.AddSimpleConsole(c => c.SingleLine = true)))(builder.Logging);
        builder.WebHost.UseKestrelCore().UseUrls(urls);

        var crm = CrmSettings.From(builder.Configuration);
        if (clock is not null) builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(new Instances(Ids.Unguessable(), Single: true));
        builder.Services.AddCrm(crm);
        AddEngines(builder.Services, SqliteStore.Open(dataFolder, clock ?? TimeProvider.System), dataFolder, builder.Configuration);
        builder.Services.AddSingleton<IParkedDocuments, EmbeddedParking>();
        builder.Services.AddFunctions(o =>
        {
            o.Assemblies.Add(typeof(EmbeddedApp).Assembly);
            o.WriteProblem = WriteProblem;
            // Messages wait for the disk most of their time: many at once share its flushes.
            o.MaxConcurrentCalls = 64;
            o.Prefetch = 64;
            // A process that dies has delivered all that it held: several deaths in a row must not make dead letters of what was never tried.
            o.MaxDeliveries = 50;
        });

        var app = builder.Build();
        app.UseRouting();
        app.Use(Guard);
        app.MapFunctions();
        return app;
    }

    private static Dictionary<string, string?> Defaults { get; } = new()
    {
        ["Database"] = "crm",
        ["ReportTick"] = "0 */15 * * * *",
    };

    private static void AddEngines(IServiceCollection services, SqliteStore store, string dataFolder, ConfigurationManager settings)
    {
        // Made by a factory, so that the container disposes it, after everything that uses it.
        services.AddSingleton(_ => store);
        services.AddSingleton<IDocuments>(s => s.GetRequiredService<SqliteStore>().Documents);
        services.AddSingleton<IMessages>(s => s.GetRequiredService<SqliteStore>().Messages);
        services.AddSingleton<IMessageReceiver>(s => s.GetRequiredService<SqliteStore>().Messages);
        services.AddSingleton<IWriteSignal>(s => s.GetRequiredService<SqliteStore>().Documents);
        services.AddSingleton<ISecrets>(new FileSecrets(Path.Combine(dataFolder, "secrets"), name => settings[name]));
        var blobs = settings["Blobs:ConnectionString"];
        services.AddSingleton<IBlobs>(blobs is null
            ? new FileBlobs(Path.Combine(dataFolder, "blobs"))
            : new AzureBlobs(blobs, settings["Blobs:Container"] ?? "crm"));
    }

    private static Task Guard(HttpContext http, RequestDelegate next)
    {
        var function = http.GetEndpoint()?.Metadata.GetMetadata<FunctionMetadata>();
        return function is null
            ? next(http)
            : http.RequestServices.GetRequiredService<RequestGuard>().Run(http, function.Name, () => next(http));
    }

    private static Task WriteProblem(HttpContext http, RefusedRequest refused) => http.RequestServices.GetRequiredService<RequestGuard>().Refuse(http, refused.Status switch
    {
        StatusCodes.Status404NotFound => Problems.NotFound("No route has this path."),
        StatusCodes.Status405MethodNotAllowed => Problems.MethodNotAllowed(http.Response.Headers.Allow.ToString()),
        _ => Problems.Invalid(FieldError.In(refused.Parameter ?? "path", "expected a value of another form")),
    });
}

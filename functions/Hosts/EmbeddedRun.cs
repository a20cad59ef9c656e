using Crm.Adapters.Sqlite;
using Crm.EmbeddedHost;
using Crm.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Crm.Hosts;

/// <summary>Starts the embedded product and keeps it running; what goes wrong at the start is one line and exit code 1.</summary>
public static class EmbeddedRun
{
    public static async Task<int> Run(EmbeddedOptions options, CancellationToken token)
    {
        var folder = Path.GetFullPath(options.Data ?? (options.Demo ? Directory.CreateTempSubdirectory("crm-demo-").FullName : "data"));
        try
        {
            var named = Environment.GetEnvironmentVariable("Company__Name") is not null;
            await using var app = EmbeddedApp.Create(folder, options.Urls, options.Demo && !named ? EmbeddedDemo.Settings : null);
            var settings = app.Services.GetRequiredService<CrmSettings>();
            var made = await app.Services.GetRequiredService<FirstAdminKey>().Ensure(settings.AdminKey, token);
            await app.StartAsync(token);
            Greet(app, folder, made);
            if (options.Demo) await EmbeddedDemo.Play(app, made ?? settings.AdminKey, token);
            await app.WaitForShutdownAsync(token);
            return 0;
        }
        catch (Exception e) when (OneLine(e, options, folder) is { } line)
        {
            await System.Console.Error.WriteLineAsync(line);
            return 1;
        }
    }

    private static void Greet(WebApplication app, string folder, string? madeKey)
    {
        foreach (var url in app.Urls) System.Console.WriteLine($"Crm serves {url} from {folder} (Ctrl+C stops it)");
        if (madeKey is not null) System.Console.WriteLine($"First admin key, shown this once: {madeKey}");
    }

    /// <summary>Null for what is a fault of ours: that shows whole.</summary>
    private static string? OneLine(Exception e, EmbeddedOptions options, string folder) => e switch
    {
        SettingException => e.Message,
        FunctionDiscoveryException functions => string.Join(' ', functions.Problems),
        CannotOpenStoreException => e.Message,
        UnauthorizedAccessException => $"The data folder {folder} cannot be written.",
        IOException { InnerException: AddressInUseException } => $"The address {options.Urls} is in use by another program. Choose another with --urls.",
        IOException io when io.Message.Contains("bind", StringComparison.OrdinalIgnoreCase) => $"The address {options.Urls} cannot be listened on.",
        FormatException or InvalidOperationException when e.Message.Contains("url", StringComparison.OrdinalIgnoreCase) || e.Message.Contains("address", StringComparison.OrdinalIgnoreCase) => $"The address {options.Urls} cannot be used. Expected one such as http://127.0.0.1:7071.",
        IOException => $"The data folder {folder} cannot be used: {e.Message}",
        _ => null,
    };
}

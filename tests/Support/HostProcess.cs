using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Crm.Hosts;

namespace Crm.Tests.Support;

/// <summary>The product as its own process, to be killed.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;

    private HostProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
        Anonymous = new HttpClient { BaseAddress = url };
        Admin = new HttpClient { BaseAddress = url };
        Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", World.AdminKey);
    }

    public Uri Url { get; }

    public HttpClient Anonymous { get; }

    public HttpClient Admin { get; }

    /// <param name="under">A program to start it under, with its arguments.</param>
    public static async Task<HostProcess> Start(string folder, int port, params string[] under)
    {
        var url = new Uri($"http://127.0.0.1:{port}");
        var host = new HostProcess(Launch(["--data", folder, "--urls", url.ToString()], under), url);
        await host.Ready();
        return host;
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<(int Code, string Output, string Error)> RunToEnd(string[] arguments, params (string Name, string Value)[] environment)
    {
        using var process = Launch(arguments, [], environment);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said.</summary>
    public async Task Kill()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await Kill();
        _process.Dispose();
        Anonymous.Dispose();
        Admin.Dispose();
    }

    private static Process Launch(string[] arguments, string[] under, params (string Name, string Value)[] environment)
    {
        string[] command = [.. under, "dotnet", typeof(EmbeddedApp).Assembly.Location, .. arguments];
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command[1..]) start.ArgumentList.Add(argument);
        start.Environment["CRM_ADMIN_KEY"] = World.AdminKey;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private async Task Ready()
    {
        // Its output is not read here, and little enough to fit the pipe.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            if (_process.HasExited) throw new InvalidOperationException($"The host ended with {_process.ExitCode}: {await _process.StandardError.ReadToEndAsync(limit.Token)}");
            try
            {
                using var answer = await Anonymous.GetAsync("/api/health/ready", limit.Token);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
                await Task.Yield();
            }
        }
    }
}

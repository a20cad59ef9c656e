using System.Diagnostics;
using System.Net.Sockets;

namespace Crm.Tests.Support;

/// <summary>A real Azurite on a loopback port of its own, shared by all tests that ask; without node and npm they are skipped by name.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly SemaphoreSlim _once = new(1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crm-azurite-");
    private Process? _process;
    private int _port;

    /// <summary>Starts it when the first test needs it.</summary>
    public async Task<string> ConnectionString()
    {
        Needs.Program("node");
        Needs.Program("npm");
        await _once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_process is null)
            {
                var script = await Install();
                _port = HostProcess.FreePort();
                _process = Launch("node", script, "--blobHost", "127.0.0.1", "--blobPort", $"{_port}", "--location", _folder.FullName, "--skipApiVersionCheck", "--silent", "--disableTelemetry");
                await Listening();
            }
        }
        finally
        {
            _once.Release();
        }
        return $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{_port}/{Account};";
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        _folder.Delete(recursive: true);
        _once.Dispose();
    }

    /// <summary>The blob service's script, installed by npm on the first run, from the committed lock file.</summary>
    private static async Task<string> Install()
    {
        var target = Path.Combine(Repository.Root, "artifacts", "azurite");
        var script = Path.Combine(target, "node_modules", "azurite", "dist", "src", "blob", "main.js");
        if (File.Exists(script)) return script;
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Azurite"))) File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        using var npm = Launch("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", target);
        await npm.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(npm.ExitCode == 0, $"npm ci failed: {await npm.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
        return script;
    }

    private async Task Listening()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            Assert.False(_process!.HasExited, "Azurite ended.");
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync("127.0.0.1", _port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }
    }

    private static Process Launch(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}

using System.Diagnostics;

namespace Crm.Tests.Support;

/// <summary>A real Azurite on a loopback port of its own, shared by all tests that ask; without node and npm they are skipped by name.</summary>
public sealed class Azurite : IAsyncLifetime
{
    /// <summary>The account and key that every Azurite has: no secret.</summary>
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const string Listening = "listens on ";

    private readonly SemaphoreSlim _once = new(1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crm-azurite-");
    private Process? _process;
    private string? _address;

    /// <summary>Starts it when the first test needs it.</summary>
    public async Task<string> ConnectionString()
    {
        var (node, npm) = (Needs.Program("node"), Needs.Program("npm"));
        await _once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _address ??= await Start(node, Path.Combine(await NpmPackage.Install(npm, "Azurite", TestContext.Current.CancellationToken), "node_modules", "azurite", "dist", "src", "blob", "main.js"));
        }
        finally
        {
            _once.Release();
        }
        return $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={_address}/{Account};";
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _folder.Delete(recursive: true);
        _once.Dispose();
    }

    /// <returns>The address, once it listens there.</returns>
    private async Task<string> Start(string node, string script)
    {
        await Stop();
        var start = new ProcessStartInfo(
            node,
            // Port 0: the system chooses a free one.
            [script, "--blobHost", "127.0.0.1", "--blobPort", "0", "--location", _folder.FullName, "--skipApiVersionCheck", "--silent", "--disableTelemetry"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string?>();
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        // Read to its end, so that the process never waits for a full pipe.
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => address.TrySetException(new InvalidOperationException($"Azurite ended: {Said()}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return await address.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        void Hear(string? line)
        {
            lock (said) said.Add(line);
            if (line?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at) address.TrySetResult(line[(at + Listening.Length)..].Trim());
        }

        string Said()
        {
            lock (said) return string.Join('\n', said);
        }
    }

    private async Task Stop()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }
}

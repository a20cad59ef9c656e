using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Crm.Bench.Servers;

/// <summary>The parent's side: one server in a child process, gone after disposal, and with it its data folder where that was fresh.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly DirectoryInfo? _fresh;
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();
    private readonly Queue<string> _lastLines = new();

    private ServerProcess(Process process, DirectoryInfo? fresh, IPEndPoint endPoint, string adminKey)
    {
        (_process, _fresh, EndPoint, AdminKey) = (process, fresh, endPoint, adminKey);
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
    }

    public IPEndPoint EndPoint { get; }

    public Uri BaseAddress => new($"http://{EndPoint}");

    /// <summary>The key the child was given in <c>CRM_ADMIN_KEY</c>.</summary>
    public string AdminKey { get; }

    /// <summary>Starts the server and returns once it takes connections.</summary>
    /// <exception cref="InvalidOperationException">The child ended, or did not listen within 30 s.</exception>
    public static Task<ServerProcess> StartAsync(IServerKind kind, DirectoryInfo dataRoot, CancellationToken cancellation)
    {
        var data = dataRoot.CreateSubdirectory($"{kind.Name}-{Guid.CreateVersion7():N}");
        return StartAsync(kind, data, data, cancellation);
    }

    /// <summary>The same on a folder that stays.</summary>
    public static Task<ServerProcess> StartOnAsync(IServerKind kind, DirectoryInfo data, CancellationToken cancellation) =>
        StartAsync(kind, data, null, cancellation);

    private static async Task<ServerProcess> StartAsync(IServerKind kind, DirectoryInfo data, DirectoryInfo? fresh, CancellationToken cancellation)
    {
        var endPoint = FreeEndPoint();
        var adminKey = $"bench-{Guid.NewGuid():N}{Guid.NewGuid():N}";
        var start = ThisProgram();
        foreach (var argument in (string[])["serve", kind.Name, "--url", $"http://{endPoint}", "--data", data.FullName])
            start.ArgumentList.Add(argument);
        start.Environment["CRM_ADMIN_KEY"] = adminKey;
        // What a web project gets by default; this project is none, and all servers shall run alike.
        start.Environment["DOTNET_gcServer"] = "1";
        start.Environment["RateLimit__RequestsPerMinute"] = "1000000000";
        start.Environment.Remove(Load.LeanSockets.Variable);

        var process = Process.Start(start) ?? throw new InvalidOperationException($"The server '{kind.Name}' did not start.");
        var server = new ServerProcess(process, fresh, endPoint, adminKey);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await server.WaitUntilListeningAsync(cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task<ServerStats> StatsAsync(CancellationToken cancellation)
    {
        await _process.StandardInput.WriteLineAsync("stats");
        await _process.StandardInput.FlushAsync(cancellation);
        var answer = await _answers.Reader.ReadAsync(cancellation).AsTask().WaitAsync(s_patience, cancellation);
        return JsonSerializer.Deserialize(answer, ServerStatsJson.Default.ServerStats)
            ?? throw new InvalidOperationException("The server answered 'stats' with null.");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(s_patience);
        }
        catch (Exception fault) when (fault is TimeoutException or IOException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _fresh?.Delete(recursive: true);
    }

    private async Task WaitUntilListeningAsync(CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await probe.ConnectAsync(EndPoint, cancellation);
                return;
            }
            catch (SocketException)
            {
                if (_process.HasExited || Stopwatch.GetElapsedTime(began) > s_patience)
                    throw new InvalidOperationException($"The server does not listen on {EndPoint}. Its last lines: {LastLines()}");
            }

            await pause.WaitForNextTickAsync(cancellation);
        }
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        if (line.StartsWith(ServeCommand.AnswerPrefix, StringComparison.Ordinal))
        {
            _answers.Writer.TryWrite(line[ServeCommand.AnswerPrefix.Length..]);
            return;
        }

        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > 20) _lastLines.Dequeue();
        }
    }

    private string LastLines()
    {
        lock (_lastLines) return string.Join(Environment.NewLine, _lastLines);
    }

    private static ProcessStartInfo ThisProgram()
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is not known.");
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        return start;
    }

    private static IPEndPoint FreeEndPoint()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)probe.LocalEndPoint!;
    }
}

using System.CommandLine;
using System.Text.Json;

namespace Crm.Bench.Servers;

/// <summary>
/// The child's side: runs one server and answers <c>stats</c> and <c>stop</c> on standard input. Answers start with
/// <see cref="AnswerPrefix"/>, since a server may print lines of its own. A closed input stops the server as well, so
/// that it never outlives its parent.
/// </summary>
internal static class ServeCommand
{
    public const string AnswerPrefix = "@bench ";

    public static Command Build()
    {
        var kind = new Argument<string>("kind") { Description = "Which server." };
        var url = new Option<string>("--url") { Required = true };
        var data = new Option<string>("--data") { Required = true };
        var command = new Command("serve", "Runs one server; started by the other commands.") { kind, url, data };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => RunAsync(
            ServerKinds.Named(parsed.GetRequiredValue(kind)),
            parsed.GetRequiredValue(url),
            parsed.GetRequiredValue(data),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IServerKind kind, string url, string data, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var control = new Thread(() => Obey(stop)) { IsBackground = true, Name = "control" };
        control.Start();
        try
        {
            await kind.RunAsync(url, data, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }

        return 0;
    }

    private static void Obey(CancellationTokenSource stop)
    {
        while (System.Console.In.ReadLine() is { } order and not "stop")
        {
            if (order != "stats") continue;
            var stats = JsonSerializer.Serialize(ServerStats.OfThisProcess(), ServerStatsJson.Default.ServerStats);
            System.Console.Out.WriteLine(AnswerPrefix + stats);
        }

        stop.Cancel();
    }
}

namespace Crm.Bench.Load;

/// <summary>
/// The load generator shares its cores with the server it measures, so its sockets continue on the polling thread
/// instead of crossing the thread pool. The runtime reads the setting once, before the first socket.
/// </summary>
internal static class LeanSockets
{
    public const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    public static void Use() => Environment.SetEnvironmentVariable(Variable, "1");
}

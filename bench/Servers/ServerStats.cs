using System.Text.Json.Serialization;

namespace Crm.Bench.Servers;

/// <summary>What a server process says of itself, counted since it started.</summary>
/// <param name="AllocatedBytes">Managed bytes allocated by all threads.</param>
/// <param name="CpuMilliseconds">Processor time of all threads, user and kernel.</param>
/// <param name="WorkingSetBytes">Resident memory now.</param>
/// <param name="GcCounts">Collections of generation 0, 1 and 2.</param>
internal sealed record ServerStats(
    long AllocatedBytes,
    double CpuMilliseconds,
    long WorkingSetBytes,
    IReadOnlyList<int> GcCounts)
{
    public static ServerStats OfThisProcess() => new(
        GC.GetTotalAllocatedBytes(precise: true),
        Environment.CpuUsage.TotalTime.TotalMilliseconds,
        Environment.WorkingSet,
        [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)]);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServerStats))]
internal sealed partial class ServerStatsJson : JsonSerializerContext;

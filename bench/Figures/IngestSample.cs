using Crm.Bench.Load;

namespace Crm.Bench.Figures;

/// <summary>One server measured in one round.</summary>
/// <param name="Warm">The load before anything is measured; its faults count.</param>
/// <param name="Closed">The highest rate.</param>
/// <param name="ServerCores">Processor time the server took meanwhile, in cores.</param>
/// <param name="AllocatedBytesPerRequest">Managed bytes of the whole server process over requests answered.</param>
/// <param name="WorkingSetBytes">Resident memory at the end of the highest rate.</param>
/// <param name="SecondsUntilQuiet">From the last answer until the server had no work left, or null when it never came to that.</param>
/// <param name="OtherCores">Processor time that others took meanwhile, in cores; NaN where the system does not tell.</param>
/// <param name="Open">Half of that rate, arriving by schedule.</param>
/// <param name="OpenOtherCores">As <paramref name="OtherCores"/>, during <paramref name="Open"/>.</param>
/// <param name="ScheduleP99Milliseconds">How late the schedule itself ran.</param>
internal sealed record IngestSample(
    int Round,
    string Server,
    LoadResult Warm,
    LoadResult Closed,
    double ServerCores,
    double AllocatedBytesPerRequest,
    long WorkingSetBytes,
    double? SecondsUntilQuiet,
    double OtherCores,
    LoadResult Open,
    double OpenOtherCores,
    double ScheduleP99Milliseconds)
{
    public long Faults => Warm.Faults + Closed.Faults + Open.Faults;
}

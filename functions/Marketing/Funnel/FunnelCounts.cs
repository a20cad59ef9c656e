namespace Crm.Marketing.Funnel;

/// <summary>
/// How often a step was taken: by how many recipients, how many times, and of these by machines only and how many times by machines.
/// </summary>
/// <param name="Unique">Recipients who took the step themselves.</param>
/// <param name="Total">Times that people took it.</param>
/// <param name="MachineUnique">Recipients for whom only a machine took it.</param>
/// <param name="MachineTotal">Times that machines took it.</param>
public sealed record StepCount(long Unique = 0, long Total = 0, long MachineUnique = 0, long MachineTotal = 0)
{
    public static StepCount operator +(StepCount a, StepCount b) =>
        new(a.Unique + b.Unique, a.Total + b.Total, a.MachineUnique + b.MachineUnique, a.MachineTotal + b.MachineTotal);

    public static StepCount operator -(StepCount a, StepCount b) =>
        new(a.Unique - b.Unique, a.Total - b.Total, a.MachineUnique - b.MachineUnique, a.MachineTotal - b.MachineTotal);

    public static StepCount Of(long people, long machines) => new(people > 0 ? 1 : 0, people, people == 0 && machines > 0 ? 1 : 0, machines);
}

/// <summary>One recipient's share of a campaign's funnel, or the sum of many: shares add up exactly and can be taken away again.</summary>
public sealed record FunnelCounts
{
    public static FunnelCounts None { get; } = new();

    public StepCount Sent { get; init; } = new();

    public StepCount Delivered { get; init; } = new();

    public StepCount Opened { get; init; } = new();

    public StepCount Clicked { get; init; } = new();

    public StepCount Converted { get; init; } = new();

    public StepCount Bounced { get; init; } = new();

    public StepCount Complained { get; init; } = new();

    public StepCount Unsubscribed { get; init; } = new();

    /// <summary>What the conversions brought, in the campaign's currency.</summary>
    public decimal Value { get; init; }

    /// <summary>Conversions whose amount is in another currency, and so not in <see cref="Value"/>.</summary>
    public long OtherCurrency { get; init; }

    public static FunnelCounts operator +(FunnelCounts a, FunnelCounts b) => Join(a, b, (x, y) => x + y, 1);

    public static FunnelCounts operator -(FunnelCounts a, FunnelCounts b) => Join(a, b, (x, y) => x - y, -1);

    private static FunnelCounts Join(FunnelCounts a, FunnelCounts b, Func<StepCount, StepCount, StepCount> join, int sign) => new()
    {
        Sent = join(a.Sent, b.Sent),
        Delivered = join(a.Delivered, b.Delivered),
        Opened = join(a.Opened, b.Opened),
        Clicked = join(a.Clicked, b.Clicked),
        Converted = join(a.Converted, b.Converted),
        Bounced = join(a.Bounced, b.Bounced),
        Complained = join(a.Complained, b.Complained),
        Unsubscribed = join(a.Unsubscribed, b.Unsubscribed),
        Value = a.Value + sign * b.Value,
        OtherCurrency = a.OtherCurrency + sign * b.OtherCurrency,
    };
}

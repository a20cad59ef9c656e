namespace Crm.Reports;

/// <summary>What one channel, language or hour has of a day.</summary>
/// <param name="Outbound">Internal ones included.</param>
public sealed record CommunicationShare(string Label, int Inbound, int Outbound)
{
    /// <summary>Largest first, equal ones by label.</summary>
    public static IReadOnlyList<CommunicationShare> By(IEnumerable<DailyCommunicationLine> lines, Func<DailyCommunicationLine, string> label) =>
    [
        .. lines.GroupBy(label)
            .Select(g => new CommunicationShare(g.Key, g.Where(l => l.Direction == "inbound").Sum(l => l.Count), g.Where(l => l.Direction != "inbound").Sum(l => l.Count)))
            .OrderByDescending(s => s.Inbound + s.Outbound).ThenBy(s => s.Label, StringComparer.Ordinal),
    ];

    /// <summary>The first ones and one that stands for the rest, so that their names have room.</summary>
    public static IReadOnlyList<CommunicationShare> Largest(IReadOnlyList<CommunicationShare> shares, int room) =>
        shares.Count <= room
            ? shares
            : [.. shares.Take(room - 1), new($"+{shares.Count - room + 1} more", shares.Skip(room - 1).Sum(s => s.Inbound), shares.Skip(room - 1).Sum(s => s.Outbound))];
}

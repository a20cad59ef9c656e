using Crm.Model;

namespace Crm.Reports;

/// <summary>The figures of one company day, from the contributions of its customers.</summary>
/// <param name="Hours">Every hour of the local day in order: 23, 24 or 25.</param>
/// <param name="Rows">One for each channel, direction and language that occurs, in that order.</param>
public sealed record DailyCommunication(
    string Company,
    DateOnly Day,
    string TimeZone,
    DateTimeOffset? Watermark,
    int Customers,
    int FirstContacts,
    IReadOnlyList<CommunicationHour> Hours,
    IReadOnlyList<CommunicationRow> Rows)
{
    public int Inbound => CountOf(Direction.Inbound);

    public int Outbound => CountOf(Direction.Outbound);

    public int Internal => CountOf(Direction.Internal);

    public int Total => Rows.Sum(r => r.Count);

    /// <summary>Over the texts that a model could read; null when there are none.</summary>
    public double? MeanCompound => CommunicationRow.Mean(Rows.Sum(r => r.CompoundSum), Rows.Sum(r => r.Positive + r.Neutral + r.Negative));

    /// <summary>The order of the contributions does not matter.</summary>
    public static DailyCommunication From(Company company, DateOnly day, IEnumerable<CommunicationContribution> contributions)
    {
        var all = contributions.Where(c => c.Cells.Count > 0).ToList();
        var cells = all.SelectMany(c => c.Cells).ToList();
        var rows = cells
            .GroupBy(c => (c.Channel, c.Direction, c.Language))
            .OrderBy(g => g.Key.Channel).ThenBy(g => g.Key.Direction).ThenBy(g => g.Key.Language, StringComparer.Ordinal)
            .Select(g => new CommunicationRow(
                g.Key.Channel, g.Key.Direction, g.Key.Language,
                g.Sum(c => c.Count), g.Sum(c => c.Positive), g.Sum(c => c.Neutral), g.Sum(c => c.Negative), g.Sum(c => c.Unknown),
                // Summed as decimals: the sum is the same in every order.
                (double)g.Sum(c => (decimal)c.CompoundSum)));
        return new DailyCommunication(
            company.Name, day, company.Zone.Id,
            all.Count == 0 ? null : all.Max(c => c.LatestReceivedAt),
            all.Count, all.Count(c => c.FirstContact), HoursOf(company, day, cells), [.. rows]);
    }

    private static List<CommunicationHour> HoursOf(Company company, DateOnly day, List<CommunicationCell> cells)
    {
        var counts = cells.ToLookup(c => c.HourStart);
        var (from, to) = company.BoundsOf(day);
        var hours = new List<CommunicationHour>();
        for (var hour = from; hour < to; hour = hour.AddHours(1))
        {
            var inHour = counts[hour].ToList();
            hours.Add(new CommunicationHour(
                TimeZoneInfo.ConvertTime(hour, company.Zone),
                inHour.Where(c => c.Direction == Direction.Inbound).Sum(c => c.Count),
                inHour.Where(c => c.Direction != Direction.Inbound).Sum(c => c.Count)));
        }
        return hours;
    }

    private int CountOf(Direction direction) => Rows.Where(r => r.Direction == direction).Sum(r => r.Count);
}

/// <param name="Start">Local, with its offset.</param>
/// <param name="Outbound">Internal ones included.</param>
public sealed record CommunicationHour(DateTimeOffset Start, int Inbound, int Outbound);

/// <param name="Unknown">Texts whose language no model speaks, and activities without text.</param>
public sealed record CommunicationRow(
    Channel Channel, Direction Direction, string Language, int Count, int Positive, int Neutral, int Negative, int Unknown, double CompoundSum)
{
    public double? MeanCompound => Mean(CompoundSum, Positive + Neutral + Negative);

    internal static double? Mean(double sum, int count) => count == 0 ? null : Math.Round(sum / count, 4);
}

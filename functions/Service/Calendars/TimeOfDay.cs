namespace Crm.Service;

/// <summary>Times of the wall clock as calendars write them.</summary>
public static class TimeOfDay
{
    /// <summary>Minutes since midnight of <c>00:00</c> to <c>24:00</c>; null for anything else.</summary>
    public static int? Minutes(string? text)
    {
        if (text is not { Length: 5 } || text[2] != ':') return null;
        if (!char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[1]) || !char.IsAsciiDigit(text[3]) || !char.IsAsciiDigit(text[4])) return null;
        var (hour, minute) = ((text[0] - '0') * 10 + text[1] - '0', (text[3] - '0') * 10 + text[4] - '0');
        return minute < 60 && hour * 60 + minute <= 1440 ? hour * 60 + minute : null;
    }
}

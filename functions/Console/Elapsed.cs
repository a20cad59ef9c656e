using System.Globalization;

namespace Crm.Console;

/// <summary>How long something took, short and in every language: <c>+35 ms</c>, <c>+4.2 s</c>, <c>+3:05 h</c>.</summary>
public static class Elapsed
{
    public static string Text(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 1000 } => string.Create(CultureInfo.InvariantCulture, $"+{time.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"+{time.TotalSeconds:0.0} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"+{(int)time.TotalMinutes}:{time.Seconds:00} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"+{(int)time.TotalHours}:{time.Minutes:00} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"+{time.TotalDays:0} d"),
    };
}

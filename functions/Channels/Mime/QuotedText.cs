using System.Text.RegularExpressions;

namespace Crm.Channels.Mime;

/// <summary>
/// A reply without what it quotes and without its signature, by the marks that mail programs set in English, German, French,
/// Spanish and Chinese. What cannot be told from the person's own words stays; a mail that is nothing but quotation stays whole.
/// </summary>
public static partial class QuotedText
{
    /// <summary>A header block of the quoted mail has at least this many of its lines.</summary>
    private const int HeaderLines = 3;

    public static string Strip(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var kept = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (Forwarded().IsMatch(line))
            {
                // What is forwarded is what the person wants us to read.
                kept.AddRange(lines[i..]);
                break;
            }
            if (IsSignature(line) || Divider().IsMatch(line) || IsHeaderBlock(lines, i)) break;
            if (Attribution(lines, i) is { } length)
            {
                var next = Array.FindIndex(lines, i + length, l => l.Trim().Length > 0);
                // Answers between or below the quoted lines belong to the person.
                if (next < 0 || !IsQuoted(lines[next])) break;
                i += length - 1;
                continue;
            }
            var isBlank = line.Trim().Length == 0;
            if (!IsQuoted(line) && !(isBlank && kept.Count > 0 && kept[^1].Trim().Length == 0)) kept.Add(line);
        }
        var stripped = WithoutDevice(kept);
        return stripped.Length > 0 ? stripped : text.ReplaceLineEndings("\n").Trim();
    }

    private static bool IsQuoted(string line) => line.TrimStart().StartsWith('>');

    private static bool IsSignature(string line) => line is "-- " or "--" or "——" || line.TrimEnd() is "--";

    /// <summary>How many lines "On ... wrote:" takes (mail programs wrap it); null where none begins.</summary>
    private static int? Attribution(string[] lines, int at)
    {
        var joined = "";
        for (var length = 1; length <= 3 && at + length <= lines.Length; length++)
        {
            var line = lines[at + length - 1].Trim();
            joined = (joined + " " + line).Trim();
            if (line.Length == 0 || joined.Length > 500) return null;
            if (Wrote().IsMatch(joined) || (length == 1 && NamedWrote().IsMatch(joined))) return length;
        }
        return null;
    }

    /// <summary>From, Sent, To, Subject of the quoted mail, as Outlook sets them.</summary>
    private static bool IsHeaderBlock(string[] lines, int at) =>
        FromLine().IsMatch(lines[at]) && lines.Skip(at).Take(8).TakeWhile(l => l.Trim().Length > 0).Count(l => HeaderLine().IsMatch(l)) >= HeaderLines;

    private static string WithoutDevice(List<string> lines)
    {
        var end = lines.Count;
        while (end > 0 && (lines[end - 1].Trim().Length == 0 || Device().IsMatch(lines[end - 1].Trim()))) end--;
        return string.Join('\n', lines.Take(end).Select(l => l.TrimEnd())).Trim();
    }

    [GeneratedRegex(@"^\s*(>\s*)*(On\b.+\bwrote|Am\b.+\bschrieb.*|Le\b.+\ba écrit|El\b.+\bescribió|(于|在).+写道)\s?[:：]\s*$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Wrote();

    [GeneratedRegex(@"^\s*(>\s*)*.+(于|在)\s?\d{4}.+写道\s?[:：]\s*$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex NamedWrote();

    [GeneratedRegex(@"^\s*(-{2,}\s*(Original Message|Original-Nachricht|Ursprüngliche Nachricht|Message d'origine|Message original|Mensaje original|原始邮件|原始郵件|原邮件)\s*-{2,}|_{20,})\s*$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^\s*(-{2,}\s*(Forwarded message|Forwarded Message|Weitergeleitete Nachricht|Message transféré|Mensaje reenviado|转发的邮件|转发邮件)\s*-{2,}|Begin forwarded message:|Anfang der weitergeleiteten Nachricht:|Début du message transféré :)\s*$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Forwarded();

    [GeneratedRegex(@"^\s*\*?(From|Von|De|发件人|寄件者)\s?[:：]\*?\s*\S", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex FromLine();

    [GeneratedRegex(@"^\s*\*?(From|Von|De|发件人|寄件者|Sent|Date|Gesendet|Datum|Envoyé|Enviado( el)?|Fecha|发送时间|日期|寄件日期|To|An|À|Para|收件人|收件者|Cc|抄送|Subject|Betreff|Objet|Asunto|主题|主旨)\s?[:：]\*?", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex HeaderLine();

    [GeneratedRegex(@"^(Sent from (my|Yahoo|Outlook|Mail|Proton|Samsung).*|Get Outlook for .{2,200}|Von meinem .{2,40} gesendet|Gesendet (von|mit) .{2,60}|Envoyé (de|depuis) mon .{2,40}|Enviado desde mi .{2,40}|发自我的.{1,20}|從我的 .{1,20} 傳送)\.?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Device();
}

using System.Text;
using Ganss.Xss;
using MimeKit.Text;

namespace Crm.Channels.Mime;

/// <summary>A sender's HTML as it may be kept and shown: no scripts, forms, styles that reach out, or loads from elsewhere.</summary>
public static class SafeHtml
{
    private const int MaxLength = 150_000;

    /// <summary>Deeper nesting than any mail program makes; beyond it, reading takes time in the square of the depth.</summary>
    private const int MaxDepth = 500;

    private const int MaxQuotes = 10;

    private static readonly HtmlSanitizer Sanitizer = Make();

    /// <summary>They have no end, or the next one ends them: they do not nest.</summary>
    private static readonly HashSet<string> Flat = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li", "tr", "td", "th", "dt", "dd",
    };

    /// <summary>What is in them goes with them; of any other tag that is not allowed, the words stay.</summary>
    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "head", "title", "style", "script", "noscript", "template", "iframe", "frame", "frameset", "noframes", "noembed", "object", "embed", "applet", "svg", "math", "form", "select",
        "textarea", "button", "audio", "video", "canvas", "xmp", "plaintext",
    };

    private const char QuoteBegins = '\u0001';
    private const char QuoteEnds = '\u0002';

    /// <summary>Null where there is none, and where it is nested too deep to be read.</summary>
    public static string? Of(string? html)
    {
        if (string.IsNullOrWhiteSpace(html)) return null;
        var cut = ReadJson.Cut(html, MaxLength)!;
        return IsTooDeep(cut) ? null : ReadJson.Cut(Sanitizer.Sanitize(cut), MaxLength);
    }

    /// <summary>The words alone, with a line for each block, and <c>&gt;</c> before what is quoted.</summary>
    public static string TextOf(string html)
    {
        var text = new StringBuilder();
        var tokens = new HtmlTokenizer(new StringReader(ReadJson.Cut(html, MaxLength)!)) { DecodeCharacterReferences = true };
        HtmlTagId? hidden = null;
        while (tokens.ReadNextToken(out var token))
        {
            switch (token)
            {
                case HtmlTagToken tag when tag.Id is HtmlTagId.Script or HtmlTagId.Style or HtmlTagId.Title or HtmlTagId.Head:
                    hidden = tag.IsEndTag ? null : tag.Id;
                    break;
                case HtmlTagToken tag:
                    if (tag.Id == HtmlTagId.Body) hidden = null;
                    if (EndsLine(tag) || (IsBlock(tag) && IsWithinLine(text))) text.Append('\n');
                    if (tag is { Id: HtmlTagId.TD or HtmlTagId.TH, IsEndTag: true }) text.Append(' ');
                    if (tag is { Id: HtmlTagId.BlockQuote }) text.Append('\n').Append(tag.IsEndTag ? QuoteEnds : QuoteBegins);
                    break;
                case HtmlDataToken data when hidden is null && token.Kind == HtmlTokenKind.Data:
                    foreach (var c in data.Data) text.Append(char.IsControl(c) ? ' ' : c);
                    break;
            }
        }
        var quotes = 0;
        return string.Join('\n', text.ToString().Split('\n').Select(Line)).Trim();

        string Line(string line)
        {
            if (line is [QuoteBegins, ..]) quotes++;
            if (line is [QuoteEnds, ..]) quotes = Math.Max(0, quotes - 1);
            var words = string.Join(' ', line.TrimStart(QuoteBegins, QuoteEnds).Split([' ', '\u00a0'], StringSplitOptions.RemoveEmptyEntries));
            return quotes > 0 && words.Length > 0 ? new string('>', Math.Min(quotes, MaxQuotes)) + " " + words : words;
        }
    }

    private static bool EndsLine(HtmlTagToken tag) => tag.Id switch
    {
        HtmlTagId.Br or HtmlTagId.HR => true,
        _ => tag.IsEndTag && IsBlock(tag),
    };

    private static bool IsBlock(HtmlTagToken tag) => tag.Id
        is HtmlTagId.P or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.BlockQuote or HtmlTagId.Pre;

    private static bool IsWithinLine(StringBuilder text)
    {
        var at = text.Length - 1;
        while (at >= 0 && text[at] == ' ') at--;
        return at >= 0 && text[at] is not ('\n' or QuoteBegins or QuoteEnds);
    }

    private static bool IsTooDeep(string html)
    {
        var tokens = new HtmlTokenizer(new StringReader(html));
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var depth = 0;
        while (tokens.ReadNextToken(out var token))
        {
            // In HTML a slash at the end of a tag closes nothing.
            if (token is not HtmlTagToken tag || Flat.Contains(tag.Name)) continue;
            var count = open.GetValueOrDefault(tag.Name);
            // An end that nothing of this name waits for ends nothing.
            if (tag.IsEndTag && count == 0) continue;
            open[tag.Name] = tag.IsEndTag ? count - 1 : count + 1;
            depth += tag.IsEndTag ? -1 : 1;
            if (depth > MaxDepth) return true;
        }
        return false;
    }

    private static HtmlSanitizer Make()
    {
        var sanitizer = new HtmlSanitizer { KeepChildNodes = true };
        sanitizer.RemovingTag += (_, e) => { if (Dropped.Contains(e.Tag.NodeName)) e.Tag.TextContent = ""; };
        foreach (var tag in new[] { "form", "input", "button", "textarea", "select", "option", "optgroup", "fieldset", "label", "legend", "output", "progress", "meter", "datalist", "keygen", "menu", "menuitem", "map", "area" })
            sanitizer.AllowedTags.Remove(tag);
        foreach (var attribute in new[] { "background", "action", "method", "usemap", "name", "accesskey", "tabindex", "contenteditable", "draggable", "dropzone", "srcset" })
            sanitizer.AllowedAttributes.Remove(attribute);
        sanitizer.AllowedSchemes.Clear();
        sanitizer.AllowedSchemes.UnionWith(["https", "http", "mailto", "tel", "cid"]);
        sanitizer.AllowedAtRules.Clear();
        // What only moves, covers or fetches.
        foreach (var property in sanitizer.AllowedCssProperties.Where(p => p is "position" or "z-index" or "content" or "cursor" or "opacity" or "display" or "visibility" or "top" or "left" or "right" or "bottom" || p.Contains("image", StringComparison.Ordinal) || p is "list-style" || (p.StartsWith("background", StringComparison.Ordinal) && p != "background-color")).ToList())
            sanitizer.AllowedCssProperties.Remove(property);
        // A picture is shown from the mail itself: one that is fetched tells its owner who read it, and when.
        sanitizer.FilterUrl += (_, url) =>
        {
            var isPicture = !string.Equals(url.Tag.TagName, "A", StringComparison.OrdinalIgnoreCase);
            if (isPicture && !url.OriginalUrl.StartsWith("cid:", StringComparison.OrdinalIgnoreCase)) url.SanitizedUrl = null;
        };
        sanitizer.PostProcessNode += (_, e) =>
        {
            if (e.Node is AngleSharp.Html.Dom.IHtmlAnchorElement link)
            {
                link.SetAttribute("rel", "noopener noreferrer nofollow");
                link.SetAttribute("target", "_blank");
            }
        };
        return sanitizer;
    }
}

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

    private static readonly HtmlSanitizer Sanitizer = Make();

    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase) { "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr" };

    /// <summary>Null where there is none, and where it is nested too deep to be read.</summary>
    public static string? Of(string? html)
    {
        if (string.IsNullOrWhiteSpace(html)) return null;
        var cut = ReadJson.Cut(html, MaxLength)!;
        return IsTooDeep(cut) ? null : ReadJson.Cut(Sanitizer.Sanitize(cut), MaxLength);
    }

    /// <summary>The words alone, with a line for each block.</summary>
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
                    if (EndsLine(tag)) text.Append('\n');
                    if (tag is { Id: HtmlTagId.BlockQuote }) text.Append('\n');
                    break;
                case HtmlDataToken data when hidden is null && token.Kind == HtmlTokenKind.Data:
                    text.Append(data.Data.ReplaceLineEndings(" "));
                    break;
            }
        }
        var lines = text.ToString().Split('\n').Select(l => string.Join(' ', l.Split([' ', '\t', '\u00a0'], StringSplitOptions.RemoveEmptyEntries)));
        return string.Join('\n', lines).Trim();
    }

    private static bool EndsLine(HtmlTagToken tag) => tag.Id switch
    {
        HtmlTagId.Br => true,
        HtmlTagId.P or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.BlockQuote or HtmlTagId.Pre => tag.IsEndTag,
        HtmlTagId.HR => true,
        _ => false,
    };

    private static bool IsTooDeep(string html)
    {
        var tokens = new HtmlTokenizer(new StringReader(html));
        var depth = 0;
        while (tokens.ReadNextToken(out var token))
        {
            if (token is not HtmlTagToken tag || tag.IsEmptyElement || Void.Contains(tag.Name)) continue;
            depth = tag.IsEndTag ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > MaxDepth) return true;
        }
        return false;
    }

    private static HtmlSanitizer Make()
    {
        var sanitizer = new HtmlSanitizer();
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

using Microsoft.AspNetCore.Http;

namespace Crm.Console;

/// <summary>The console's texts. English is the key and the fallback; Chinese is chosen by the browser's language.</summary>
public sealed class Words
{
    public static Words English { get; } = new("en", new Dictionary<string, string>());

    public static Words Chinese { get; } = new("zh-Hans", ChineseWords.Texts);

    private readonly IReadOnlyDictionary<string, string> _texts;

    private Words(string language, IReadOnlyDictionary<string, string> texts) => (Language, _texts) = (language, texts);

    /// <summary>BCP 47, for <c>lang</c>.</summary>
    public string Language { get; }

    public string this[string english] => _texts.GetValueOrDefault(english, english);

    public static Words For(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.Value).FirstOrDefault()
            is { } first && first.StartsWith("zh", StringComparison.OrdinalIgnoreCase)
            ? Chinese
            : English;
}

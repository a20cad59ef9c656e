using System.Text.Encodings.Web;
using System.Text.Unicode;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crm.Tests.Support;

/// <summary>A component as a browser gets it: the text that was sent, and what a parser makes of it.</summary>
public sealed record Rendered(string Html, IHtmlDocument Page)
{
    public static async Task<Rendered> Of<TComponent>(params (string Name, object? Value)[] parameters) where TComponent : IComponent
    {
        await using var services = new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters.ToDictionary(p => p.Name, p => p.Value)))).ToHtmlString());
        return new Rendered(html, await new HtmlParser().ParseDocumentAsync(html, TestContext.Current.CancellationToken));
    }
}

using System.Xml.Linq;
using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Crm.Operations;

/// <summary>The data-protection keys of all instances, in blobs: cookies hold on every one of them, and over restarts.</summary>
public sealed class BlobKeyRing(IBlobs blobs) : IXmlRepository
{
    private const string Folder = "data-protection/";

    // The framework asks for keys synchronously, a few times in a process's life.
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(ReadAll).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(async () =>
        {
            using var content = new MemoryStream();
            await element.SaveAsync(content, SaveOptions.DisableFormatting, CancellationToken.None);
            content.Position = 0;
            await blobs.Put($"{Folder}{Ids.Of(friendlyName)}.xml", content, "application/xml", default, CancellationToken.None);
        }).GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAll()
    {
        var elements = new List<XElement>();
        await foreach (var blob in blobs.List(Folder, CancellationToken.None))
        {
            await using var content = await blobs.Open(blob.Name, CancellationToken.None);
            if (content is not null) elements.Add(await XElement.LoadAsync(content.Content, LoadOptions.None, CancellationToken.None));
        }
        return elements;
    }
}

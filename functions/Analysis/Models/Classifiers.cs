using System.Collections.Concurrent;
using Crm.Analysis.Learning;
using Crm.Ports;

namespace Crm.Analysis.Models;

/// <summary>The classifier in use under each name. The weights stay in memory until another version is used.</summary>
public sealed class Classifiers(IDocuments documents, IBlobs blobs)
{
    private const int MostInMemory = 8;

    private readonly ConcurrentDictionary<string, NamedClassifier> _inMemory = new(StringComparer.Ordinal);

    /// <summary>Null where no version is ready. <see cref="StarterIntents.ModelName"/> always has one: ours, until the company trains its own.</summary>
    public async Task<NamedClassifier?> InUse(string name, CancellationToken token)
    {
        var stored = await documents.Get(TextModel.KeyOf(name), AnalysisJson.Crm.TextModel, token);
        if (stored?.Value.Current is not { } version) return name == StarterIntents.ModelName ? StarterIntents.Classifier : null;
        if (_inMemory.TryGetValue(name, out var known) && known.Version == version) return known;
        if (await blobs.Open(TextModel.WeightsOf(name, version), token) is not { } blob) throw new StoreUnavailableException("The blob of a model is not there yet.");
        await using (blob)
        {
            var read = new NamedClassifier(name, version, ClassifierFile.Read(blob.Content));
            if (_inMemory.Count >= MostInMemory) _inMemory.Clear();
            return _inMemory[name] = read;
        }
    }
}

public sealed record NamedClassifier(string Name, string Version, TextClassifier Classifier);

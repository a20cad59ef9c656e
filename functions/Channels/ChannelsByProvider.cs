namespace Crm.Channels;

/// <summary>Every sender this build knows.</summary>
public sealed class ChannelsByProvider(IEnumerable<IChannel> channels)
{
    private readonly Dictionary<string, IChannel> _byProvider = channels.ToDictionary(c => c.Provider, StringComparer.Ordinal);

    public IEnumerable<string> Providers => _byProvider.Keys.Order(StringComparer.Ordinal);

    public IChannel? Find(string? provider) => provider is null ? null : _byProvider.GetValueOrDefault(provider);
}

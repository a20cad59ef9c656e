using Crm.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Channels;

/// <summary>What this module brings into a host.</summary>
public static class ChannelsModule
{
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddSingleton<IChannel, StandardWebhooks>();
        services.AddSingleton<IChannel, SendGridEvents>();
        services.AddSingleton<IChannel, SlackEvents>();
        services.AddSingleton<IChannel, CloudEvents>();
        services.AddSingleton<IChannel, SendGridInboundMail>();
        services.AddSingleton<IChannel, SegmentCalls>();
        services.AddSingleton<ChannelsByProvider>();
        services.AddSingleton<OpenConnections>();
        services.AddSingleton<Receipts>();
        services.AddSingleton<RequestsInHand>();
        services.AddSingleton<TakeInEvents>();
        services.AddSingleton<TakeInRequest>();
        services.AddSingleton<ITakesInEvents, TakeInApiEvents>();
        services.AddSingleton<ITellsOfEvents, TellOfReceipt>();
        return services;
    }
}

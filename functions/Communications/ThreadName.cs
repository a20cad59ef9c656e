using Crm.Ports;

namespace Crm.Communications;

/// <summary>A name that a message has or refers to, and the conversation that it stands in.</summary>
/// <param name="MessageId">The message that has the name; null while only others refer to it.</param>
public sealed record ThreadName(string Id, string CustomerId, string Kind, string ConversationId, string? MessageId)
{
    public const string KindName = "thread-name";

    public static DocumentKey KeyOf(string customerId, string name) => new(Containers.Customers, customerId, $"{KindName}.{Kernel.Ids.Of(name)}");
}

/// <summary>Whose a mail is, by its Message-ID, across all customers: to see who claims to answer it. First come, first kept.</summary>
public sealed record KnownMail(string Id, string CustomerId, string MessageId)
{
    public static DocumentKey KeyOf(string name)
    {
        var id = "mail-" + Kernel.Ids.Of(name);
        return new DocumentKey(Containers.Identities, id, id);
    }
}

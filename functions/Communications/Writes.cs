using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Crm.Ports;

namespace Crm.Communications;

/// <summary>This module's documents as writes.</summary>
internal static class Writes
{
    public static DocumentWrite Of(Message value, Precondition precondition) => Of(value.CustomerId, value.Id, value, CommunicationsJson.Crm.Message, precondition);

    public static DocumentWrite Of(Conversation value, Precondition precondition) => Of(value.CustomerId, value.Id, value, CommunicationsJson.Crm.Conversation, precondition);

    public static DocumentWrite Of(ThreadName value, Precondition precondition) => Of(value.CustomerId, value.Id, value, CommunicationsJson.Crm.ThreadName, precondition);

    public static DocumentWrite Of(ThreadTimes value, Precondition precondition) => Of(value.CustomerId, value.Id, value, CommunicationsJson.Crm.ThreadTimes, precondition);

    private static DocumentWrite Of<T>(string customerId, string id, T value, JsonTypeInfo<T> type, Precondition precondition) =>
        new(new DocumentKey(Containers.Customers, customerId, id), JsonSerializer.SerializeToUtf8Bytes(value, type), precondition);
}

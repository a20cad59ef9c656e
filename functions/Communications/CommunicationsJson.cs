using System.Text.Json.Serialization;
using Crm.Kernel;

namespace Crm.Communications;

[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(ConversationFields))]
[JsonSerializable(typeof(KnownMail))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(MessageFacts))]
[JsonSerializable(typeof(NewNote))]
[JsonSerializable(typeof(ThreadName))]
[JsonSerializable(typeof(ThreadTimes))]
[JsonSerializable(typeof(WholeMessage))]
internal sealed partial class CommunicationsJson : JsonSerializerContext
{
    public static CommunicationsJson Crm { get; } = CrmJson.For(o => new CommunicationsJson(o));
}

using Crm.Ports;

namespace Crm.EmbeddedHost;

/// <summary>A message whose lock this process holds.</summary>
internal sealed class HeldMessage(ReceivedMessage message, long lockedAt)
{
    public ReceivedMessage Message => message;

    /// <summary>The clock's timestamp when the lock was last taken or renewed.</summary>
    public long LockedAt { get; set; } = lockedAt;

    /// <summary>Somebody else has or will have the message.</summary>
    public bool Lost { get; set; }
}

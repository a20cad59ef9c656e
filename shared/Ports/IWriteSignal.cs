namespace Crm.Ports;

/// <summary>
/// An engine that lives in this process can say that something was committed, so that pumps need not poll. Engines
/// without it are polled.
/// </summary>
public interface IWriteSignal
{
    /// <summary>A number that grows with every commit to the topic (<see cref="Documents"/> or <see cref="Messages"/>).</summary>
    long Current(string topic);

    /// <summary>Completes once <see cref="Current"/> is greater than <paramref name="seen"/>; at once if it already is.</summary>
    Task After(string topic, long seen, CancellationToken token);

    static string Documents(string container) => "documents/" + container;

    static string Messages(string queue) => "messages/" + queue;
}

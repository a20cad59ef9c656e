using Crm.Ports;

namespace Crm.Tests.Suites;

/// <summary>One engine's documents, empty at first, under the clock that the suite moves. Disposing removes all of it.</summary>
public interface IDocumentsEngine : IAsyncDisposable
{
    IDocuments Documents { get; }
}

/// <summary>One engine's queues, empty at first, under the clock that the suite moves. Disposing removes all of it.</summary>
public interface IMessagesEngine : IAsyncDisposable
{
    IMessages Messages { get; }

    IMessageReceiver Receiver { get; }
}

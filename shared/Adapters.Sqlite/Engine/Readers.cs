using System.Collections.Concurrent;
using Crm.Ports;
using Microsoft.Data.Sqlite;

namespace Crm.Adapters.Sqlite;

/// <summary>
/// Reading connections, kept with their prepared statements. A read runs on the caller's thread to its end, so no snapshot
/// outlives a call and the log can be emptied between.
/// </summary>
internal sealed class Readers(Func<Session> open) : IDisposable
{
    private static readonly int Kept = Environment.ProcessorCount * 2 + 2;

    private readonly ConcurrentStack<Session> idle = new();
    private volatile bool closed;

    /// <summary>What resting connections have prepared.</summary>
    public IEnumerable<string> Statements => idle.SelectMany(s => s.Statements).Distinct(StringComparer.Ordinal);

    public T Read<TState, T>(TState state, Func<Session, TState, T> read)
    {
        if (closed) throw new StoreUnavailableException("The store is closed.");
        Session? session = null;
        try
        {
            if (!idle.TryPop(out session)) session = open();
            var result = read(session, state);
            Return(session);
            session = null;
            return result;
        }
        catch (SqliteException error) when (StoreErrors.MeansUnavailable(error))
        {
            throw StoreErrors.Unavailable(error);
        }
        finally
        {
            // Whatever broke a read may have broken its connection.
            session?.Dispose();
        }
    }

    public void Dispose()
    {
        closed = true;
        while (idle.TryPop(out var session)) session.Dispose();
    }

    private void Return(Session session)
    {
        if (closed || idle.Count >= Kept)
        {
            session.Dispose();
            return;
        }
        idle.Push(session);
        if (closed) Dispose();
    }
}

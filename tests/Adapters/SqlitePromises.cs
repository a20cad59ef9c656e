using Crm.Tests.Suites;
using Microsoft.Extensions.Time.Testing;

namespace Crm.Tests.Adapters;

public sealed class SqliteDocumentsTests : DocumentsPromises
{
    protected override ValueTask<IDocumentsEngine> Open(FakeTimeProvider clock) => new(new SqliteEngine(clock));
}

public sealed class SqliteFeedTests : FeedPromises
{
    protected override ValueTask<IDocumentsEngine> Open(FakeTimeProvider clock) => new(new SqliteEngine(clock));
}

public sealed class SqliteMessagesTests : MessagesPromises
{
    protected override ValueTask<IMessagesEngine> Open(FakeTimeProvider clock) => new(new SqliteEngine(clock));
}

public sealed class SqliteSearchTests : SearchPromises
{
    protected override ValueTask<IDocumentsEngine> Open(FakeTimeProvider clock) => new(new SqliteEngine(clock));
}

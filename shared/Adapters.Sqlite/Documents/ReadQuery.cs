using Crm.Ports;

namespace Crm.Adapters.Sqlite;

internal static class ReadQuery
{
    public static DocumentPage Page(Session session, ContainerTable table, DocumentQuery query, QueryText text, long now)
    {
        var rows = session.Prepared(text.Sql).Bind(1, now);
        for (var i = 0; i < text.Values.Count; i++)
        {
            _ = text.Values[i] switch
            {
                string value => rows.Bind(i + 2, value),
                long value => rows.Bind(i + 2, value),
                double value => rows.Bind(i + 2, value),
                Utf8Text value => rows.BindUtf8(i + 2, value.Bytes),
                var other => throw new InvalidOperationException(other.GetType().Name),
            };
        }

        var documents = new List<StoredDocument>();
        var bytes = 0L;
        object? order = null;
        var more = false;
        while (rows.Step())
        {
            if (documents.Count == query.Limit || bytes >= PageBytes.Most)
            {
                more = true;
                rows.Reset();
                break;
            }
            var id = rows.Text(2);
            var body = rows.Utf8(5).ToArray();
            bytes += body.Length;
            order = rows.Value(4);
            documents.Add(new StoredDocument(
                new DocumentKey(table.Name, table.IsPartitioned ? rows.Text(1) : id, id),
                ETags.Of(rows.Integer(0)),
                body,
                DateTimeOffset.FromUnixTimeMilliseconds(rows.Integer(3))));
        }
        return new DocumentPage(documents, more ? QueryContinuation.Of(query, new QueryPosition(order, documents[^1].Key.Id, documents[^1].Key.Partition)) : null);
    }
}

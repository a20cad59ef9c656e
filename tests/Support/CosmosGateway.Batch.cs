using System.Net;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Serialization.HybridRow;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.IO;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.Layouts;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.RecordIO;

namespace Crm.Tests.Support;

/// <summary>The service's transactions: rows in a binary form, whose layouts are the SDK's own.</summary>
public sealed partial class CosmosGateway
{
    private static readonly Type Schemas = typeof(CosmosClient).Assembly.GetType("Microsoft.Azure.Cosmos.BatchSchemaProvider", throwOnError: true)!;

    private HttpResponseMessage Batch(Collection collection, string partition, byte[] body)
    {
        var operations = new List<Operation>();
        using var sent = new MemoryStream(body);
        Completed(sent.ReadRecordIOAsync((ReadOnlyMemory<byte> record) =>
        {
            operations.Add(Read(record));
            return Result.Success;
        }, resizer: new MemorySpanResizer<byte>(body.Length)));

        var before = new Dictionary<(string Partition, string Id), Item>(collection.Items);
        var results = new List<(HttpStatusCode Status, string? ETag)>();
        foreach (var operation in operations)
        {
            var (status, item) = Write(collection, partition, operation.Id, operation.Body, operation.Kind, operation.IfMatch);
            results.Add((status, item?.ETag));
            if (item is null) break;
        }
        var refused = results[^1].ETag is null;
        if (refused)
        {
            collection.Items = before;
            var reason = results[^1];
            results = [.. operations.Select((_, i) => i == results.Count - 1 ? reason : (HttpStatusCode.FailedDependency, null))];
        }

        using var answer = new MemoryStream();
        Completed(answer.WriteRecordIOAsync(default, (long index, out ReadOnlyMemory<byte> row) =>
        {
            row = index < results.Count ? Row(results[(int)index]) : default;
            return Result.Success;
        }));
        return Sent(refused ? (HttpStatusCode)207 : HttpStatusCode.OK, answer.ToArray());
    }

    private static Operation Read(ReadOnlyMemory<byte> record)
    {
        var row = new RowBuffer(record.Length);
        if (!row.ReadFrom(record.Span, HybridRowVersion.V1, Resolver())) throw new InvalidDataException("No row of a batch.");
        var reader = new RowReader(ref row);
        var operation = new Operation(-1, null, [], null);
        while (reader.Read())
        {
            switch (reader.Path.ToString())
            {
                case "operationType":
                    Good(reader.ReadInt32(out var kind));
                    operation = operation with { Kind = kind };
                    break;
                case "id":
                    Good(reader.ReadString(out string id));
                    operation = operation with { Id = id };
                    break;
                case "resourceBody":
                    Good(reader.ReadBinary(out byte[] body));
                    operation = operation with { Body = body };
                    break;
                case "ifMatch":
                    Good(reader.ReadString(out string match));
                    operation = operation with { IfMatch = match };
                    break;
                case "resourceType" or "minimalReturnPreference":
                    break;
                case var other when reader.Type.LayoutCode != LayoutCode.Null && reader.HasValue:
                    throw new NotSupportedException($"A batch with {other}");
            }
        }
        return operation;
    }

    private static byte[] Row((HttpStatusCode Status, string? ETag) result)
    {
        var resizer = new MemorySpanResizer<byte>(1024);
        var row = new RowBuffer(1024, resizer);
        row.InitLayout(HybridRowVersion.V1, (Layout)Schemas.GetProperty("BatchResultLayout")!.GetValue(null)!, Resolver());
        Good(RowWriter.WriteBuffer(ref row, result, static (ref RowWriter writer, TypeArgument _, (HttpStatusCode Status, string? ETag) written) =>
        {
            var outcome = writer.WriteInt32("statusCode", (int)written.Status);
            if (outcome == Result.Success && written.ETag is { } etag) outcome = writer.WriteString("eTag", etag);
            return outcome == Result.Success ? writer.WriteFloat64("requestCharge", 1.5) : outcome;
        }));
        return resizer.Memory[..row.Length].ToArray();
    }

    private static LayoutResolver Resolver() => (LayoutResolver)Schemas.GetProperty("BatchLayoutResolver")!.GetValue(null)!;

    private static void Completed(Task<Result> rows) => Good(rows.IsCompleted ? rows.Result : throw new InvalidOperationException("Rows in memory come at once."));

    private static void Good(Result result)
    {
        if (result != Result.Success) throw new InvalidDataException($"{result}");
    }

    private sealed record Operation(int Kind, string? Id, byte[] Body, string? IfMatch);
}

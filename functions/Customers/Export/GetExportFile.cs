using System.Text;
using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>The finished file: its parts one after the other, under one header.</summary>
public sealed class GetExportFile(Exports exports, IBlobs blobs)
{
    [Function("GetExportFile")]
    [OpenApiOperation("getExportFile", "exports")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/exports/{id}/file")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        if (await exports.Find(id, token) is not { } stored) return Answer.Problem(Problems.NotFound("There is no such export."));
        if (stored.Value.State != ExportState.Done) return Answer.Problem(Problems.Conflict("The export is not done yet; see its state."));
        var export = stored.Value;
        var header = export.Format == "csv" ? Encoding.UTF8.GetBytes(string.Join(',', ExportColumns.All.Select(c => c.Name)) + "\r\n") : [];
        var lengths = new List<long>();
        for (var part = 0; part < export.Parts; part++)
        {
            if (await blobs.Find(export.PartBlob(part), token) is not { } found) return Answer.Problem(Problems.NotFound("The file is no longer kept."));
            lengths.Add(found.Length);
        }
        var type = export.Format == "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson";
        return Answer.Stream(new JoinedParts(blobs, export, header), type, stored.ETag, header.Length + lengths.Sum(), $"customers-{id}.{export.Format}");
    }

    /// <summary>Reads one part after the other, each opened when its turn comes.</summary>
    private sealed class JoinedParts(IBlobs blobs, Export export, byte[] header) : Stream
    {
        private Stream? _current = new MemoryStream(header);
        private int _next;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (_current is not null)
            {
                var read = await _current.ReadAsync(buffer, cancellationToken);
                if (read > 0 || buffer.Length == 0) return read;
                await _current.DisposeAsync();
                _current = _next < export.Parts ? (await blobs.Open(export.PartBlob(_next++), cancellationToken) ?? throw new IOException("A part is gone.")).Content : null;
            }
            return 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask DisposeAsync()
        {
            if (_current is not null) await _current.DisposeAsync();
            _current = null;
            await base.DisposeAsync();
        }
    }
}

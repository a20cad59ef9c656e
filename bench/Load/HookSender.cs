using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Crm.Bench.Load;

/// <summary>One persistent connection that posts one signed event at a time and checks each answer.</summary>
internal sealed class HookSender : IDisposable
{
    private static long s_sequence;

    private readonly HookTarget _target;
    private readonly ulong _run;
    private readonly TimeProvider _clock;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[8192];
    private readonly byte[] _scratch = new byte[8192];
    private readonly HookMessageBuffer[] _events;
    private readonly IncrementalHash _hmac;
    private readonly Random _random;

    public HookSender(HookTarget target, ulong run, int number, TimeProvider clock)
    {
        (_target, _run, _clock) = (target, run, clock);
        _events = [.. EventTexts.All.Select(text => new HookMessageBuffer(target, text.Subject, text.Text))];
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, target.SigningKey());
        _random = new Random(number);
    }

    public Task ConnectAsync(CancellationToken cancellation) => _socket.ConnectAsync(_target.EndPoint, cancellation).AsTask();

    /// <summary>Posts a fresh event and reads its answer.</summary>
    /// <returns>What is wrong with the answer, or null when nothing is.</returns>
    /// <exception cref="SocketException">The connection broke, or was disposed to give up waiting.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<string?> PostAsync()
    {
        var sequence = Interlocked.Increment(ref s_sequence);
        var request = _events[sequence % _events.Length].Fresh(_clock.GetUtcNow(), _run, sequence, _random, _hmac);
        for (var sent = 0; sent < request.Length;) sent += await _socket.SendAsync(request[sent..]);

        for (var length = 0; length < _received.Length;)
        {
            var read = await _socket.ReceiveAsync(_received.AsMemory(length));
            if (read == 0) throw new SocketException((int)SocketError.ConnectionReset);
            length += read;
            if (HttpAnswer.TryRead(_received.AsSpan(0, length), _scratch, out var answer)) return Judge(answer, length);
        }

        return "An answer is larger than 8 KB.";
    }

    public void Dispose()
    {
        _socket.Dispose();
        _hmac.Dispose();
    }

    private string? Judge(HttpAnswer answer, int received)
    {
        if (answer.Status != 202) return $"Status {answer.Status} instead of 202.";
        if (answer.Consumed != received) return "More came than was asked for.";
        return _target.ExpectsReceipt && !ReceiptAnswer.NamesReceipt(answer.Body) ? "An answer names no receipt." : null;
    }
}

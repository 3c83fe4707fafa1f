using System.Net;
using System.Net.Sockets;

namespace TrueUp.Bench.Faults;

/// <summary>
/// Passes connections on to a port of this machine, and does them harm at planned bytes: cuts them, holds them up or
/// flips bits.
/// </summary>
internal sealed class FlakyProxy : IAsyncDisposable
{
    private static readonly string[] Kinds = ["cut", "delay", "garble"];

    // What garbles also breaks soon. Without that, ends that wait for the rest of a message whose length was garbled
    // would wait for ever,
    // since the connection itself is well.
    private static readonly TimeSpan BreaksAfter = TimeSpan.FromSeconds(2);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _serverPort;
    private readonly Random _random;
    private readonly Queue<long> _faults = new();
    private readonly Lock _lock = new();
    private readonly Task _accepting;
    private string _kind = "";
    private long _passed;
    private long _usual;

    public FlakyProxy(int serverPort, Random random)
    {
        _serverPort = serverPort;
        _random = random;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>
    /// Plans one to three faults of a kind for the next run, somewhere in as many bytes as passed in the longest yet.
    /// </summary>
    /// <returns>What was planned.</returns>
    public string Plan()
    {
        lock (_lock)
        {
            _usual = Math.Max(_usual, _passed);
            _passed = 0;
            _kind = Kinds[_random.Next(Kinds.Length)];
            _faults.Clear();
            foreach (var at in Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Moment()).Order())
            {
                _faults.Enqueue(at);
            }

            return $"{_kind} at {string.Join(", ", _faults)} of {_usual} bytes";
        }
    }

    /// <summary>Bytes that passed in both directions since the last plan.</summary>
    public long Passed
    {
        get
        {
            lock (_lock)
            {
                return _passed;
            }
        }
    }

    /// <summary>No more faults.</summary>
    public void Calm()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    // Half of them early, where sessions are opened and tables looked up: that is few bytes and much talk.
    private long Moment() =>
        _random.Next(2) == 0 ? _random.NextInt64(Math.Min(_usual, 20_000)) : _random.NextInt64(_usual);

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(PassAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient { NoDelay = true })
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token))
        {
            client.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, _serverPort, end.Token);
            await Task.WhenAll(PumpAsync(client, server, end), PumpAsync(server, client, end));
        }
    }

    // Whichever direction ends takes the other with it.
    private async Task PumpAsync(TcpClient from, TcpClient to, CancellationTokenSource end)
    {
        var buffer = new byte[8192];
        try
        {
            int length;
            while ((length = await from.GetStream().ReadAsync(buffer, end.Token)) > 0)
            {
                switch (NextFault(length))
                {
                    case "cut":
                        // A reset, as a firewall sends it; half of them an orderly end instead.
                        from.LingerState = to.LingerState = new LingerOption(Flip(), 0);
                        return;
                    case "delay":
                        await Task.Delay(TimeSpan.FromSeconds(_random.NextDouble()), end.Token);
                        break;
                    case "garble":
                        Garble(buffer.AsSpan(0, length));
                        end.CancelAfter(BreaksAfter);
                        break;
                }
                await to.GetStream().WriteAsync(buffer.AsMemory(0, length), end.Token);
            }
        }
        catch (Exception error)
            when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the ends is gone, which is what this is about.
        }
        finally
        {
            await end.CancelAsync();
        }
    }

    private string NextFault(int length)
    {
        lock (_lock)
        {
            _passed += length;
            if (!_faults.TryPeek(out var at) || at >= _passed)
            {
                return "";
            }

            _faults.Dequeue();
            return _kind;
        }
    }

    private bool Flip()
    {
        lock (_lock)
        {
            return _random.Next(2) == 0;
        }
    }

    private void Garble(Span<byte> bytes)
    {
        lock (_lock)
        {
            for (var i = _random.Next(1, 9); i > 0; i--)
            {
                bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));
            }
        }
    }
}

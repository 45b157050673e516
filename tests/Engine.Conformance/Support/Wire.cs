using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ActorCompute.Engine.Conformance.Support;

/// <summary>
/// The network in front of one node: it listens on the port that others know the node by and passes bytes on to the port
/// that the node really has. A test can break it, hang it, or lead it to another node. One connection serves both
/// directions, whoever called: to come between two nodes takes a wire in front of each.
/// </summary>
public sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly ConcurrentDictionary<Socket, bool> _open = new(); // value: spared
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource _flowing = Opened();
    private volatile bool _isCut;
    private volatile int _target;

    public Wire()
    {
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Accept();
    }

    /// <summary>What others call.</summary>
    public int Port { get; }

    /// <summary>Configuration of a node behind this wire.</summary>
    public string Config => $"akka.remote.dot-netty.tcp {{ public-hostname = \"127.0.0.1\", public-port = {Port}, port = {_target} }}";

    /// <summary>A node that is made with <see cref="Config"/> from here on is the one at the other end.</summary>
    public Wire ToNewNode()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _target = ((IPEndPoint)probe.LocalEndPoint).Port;
        return this;
    }

    /// <summary>What is connected now is left alone whatever happens to the wire later.</summary>
    public void Spare()
    {
        foreach (var socket in _open.Keys)
            _open[socket] = true;
    }

    /// <summary>Closes all connections; new ones work.</summary>
    public void Break()
    {
        foreach (var (socket, isSpared) in _open)
        {
            if (!isSpared)
                Close(socket);
        }
    }

    /// <summary>Closes all connections, and new ones at once, until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        _isCut = true;
        Break();
    }

    public void Mend() => _isCut = false;

    /// <summary>Connections stay, nothing flows any more: a node that hangs.</summary>
    public void Hang() => _flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Flow() => _flowing.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        _end.Cancel();
        _listener.Stop();
        Flow();
        foreach (var socket in _open.Keys)
            Close(socket);
        await _accepting;
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var caller = await _listener.AcceptSocketAsync(_end.Token);
                if (_isCut)
                    Close(caller);
                else
                    _ = Serve(caller);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The wire is gone.
        }
    }

    private async Task Serve(Socket caller)
    {
        var node = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        caller.NoDelay = true;
        _open[caller] = false;
        _open[node] = false;
        try
        {
            await node.ConnectAsync(IPAddress.Loopback, _target);
            await Task.WhenAny(Copy(caller, node), Copy(node, caller));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One end is gone; the other follows.
        }
        Close(caller);
        Close(node);
    }

    private async Task Copy(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var count = await from.ReceiveAsync(buffer);
                if (!_open.GetValueOrDefault(from))
                    await _flowing.Task;
                if (count == 0)
                    return;
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // As above.
        }
    }

    private void Close(Socket socket)
    {
        _open.TryRemove(socket, out _);
        socket.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }
}

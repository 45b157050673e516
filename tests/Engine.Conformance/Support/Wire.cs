using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ActorCompute.Engine.Conformance.Support;

/// <summary>
/// The network in front of one node: it listens on the port that others know the node by and passes bytes on to the port
/// that the node really has. A test can break it, hang it, or lead it to another node. One connection serves both
/// directions, whoever called: to come between two nodes takes a wire in front of each.
/// It has threads of its own: other specs block those of the pool, and a wire that waits for one looks like a dead node.
/// </summary>
public sealed class Wire : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<Socket, bool> _open = new(); // value: spared
    private readonly ManualResetEventSlim _flowing = new(true);
    private volatile bool _isCut;
    private volatile bool _isEnded;
    private volatile int _target;

    public Wire()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint).Port;
        Run(Accept);
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
    public void Hang() => _flowing.Reset();

    public void Flow() => _flowing.Set();

    public ValueTask DisposeAsync()
    {
        _isEnded = true;
        _listener.Dispose();
        Flow();
        foreach (var socket in _open.Keys)
            Close(socket);
        return default;
    }

    private void Accept()
    {
        while (true)
        {
            var caller = _listener.Accept();
            if (_isCut)
                Close(caller);
            else
                Run(() => Serve(caller));
        }
    }

    private void Serve(Socket caller)
    {
        var node = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        caller.NoDelay = true;
        _open[caller] = false;
        _open[node] = false;
        try
        {
            if (_isEnded)
                return; // just before they were noted
            node.Connect(IPAddress.Loopback, _target);
            Run(() => Copy(node, caller));
            Copy(caller, node);
        }
        finally
        {
            Close(caller);
            Close(node);
        }
    }

    private void Copy(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = from.Receive(buffer)) > 0)
            {
                if (!_open.GetValueOrDefault(from))
                    _flowing.Wait();
                to.Send(buffer.AsSpan(0, count));
            }
        }
        finally
        {
            Close(from);
            Close(to);
        }
    }

    private void Close(Socket socket)
    {
        _open.TryRemove(socket, out _);
        socket.Dispose();
    }

    private static void Run(Action action) => new Thread(() =>
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // An end of it is gone; what depends on it follows.
        }
    })
    { IsBackground = true, Name = "wire" }.Start();
}

using System.Net;
using System.Net.Sockets;

namespace ActorCompute.Remoting.Transport;

/// <summary>For systems without epoll: .NET's own select, whose cost grows with the number of sockets.</summary>
internal sealed class SelectPoller : IPoller
{
    private readonly List<IPollable> _targets = [];
    private readonly Dictionary<Socket, IPollable> _bySocket = [];
    private readonly List<Socket> _read = [];
    private readonly List<Socket> _write = [];
    private readonly List<Socket> _error = [];

    // Connected to itself: nobody else can send to it.
    private readonly Socket _wake = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
    private readonly byte[] _woken = new byte[16];

    public SelectPoller()
    {
        _wake.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _wake.Connect(_wake.LocalEndPoint!);
    }

    public void Watch(IPollable target, Interest interest)
    {
        var registration = target.Registration;
        if (registration.Interest == interest) return;
        if (registration.Interest == Interest.None)
        {
            registration.Slot = _targets.Count;
            _targets.Add(target);
            _bySocket.Add(target.Socket, target);
        }
        else if (interest == Interest.None)
        {
            var last = _targets[^1];
            _targets[registration.Slot] = last;
            last.Registration.Slot = registration.Slot;
            _targets.RemoveAt(_targets.Count - 1);
            _bySocket.Remove(target.Socket);
        }

        registration.Interest = interest;
    }

    public void Wait(int milliseconds)
    {
        Collect();
        Socket.Select(_read, _write, _error, milliseconds < 0 ? -1 : milliseconds * 1000);
        if (_read.Remove(_wake)) Drain();
        foreach (var socket in _write) Notify(socket, Interest.Write);
        foreach (var socket in _read) Notify(socket, Interest.Read);
        // A connection that could not be made is an error and nothing else on Windows.
        foreach (var socket in _error) Notify(socket, Interest.Read | Interest.Write);
    }

    public void Wake() => _wake.Send(_woken.AsSpan(0, 1), SocketFlags.None, out _);

    public void Dispose() => _wake.Dispose();

    private void Collect()
    {
        _read.Clear();
        _write.Clear();
        _error.Clear();
        _read.Add(_wake);
        foreach (var target in _targets)
        {
            if (target.Registration.Interest.HasFlag(Interest.Read)) _read.Add(target.Socket);
            if (!target.Registration.Interest.HasFlag(Interest.Write)) continue;
            _write.Add(target.Socket);
            _error.Add(target.Socket);
        }
    }

    // One that was called before may have closed it.
    private void Notify(Socket socket, Interest ready)
    {
        if (_bySocket.TryGetValue(socket, out var target)) target.OnReady(ready);
    }

    private void Drain()
    {
        while (_wake.Receive(_woken, SocketFlags.None, out var error) > 0 && error == SocketError.Success)
        {
        }
    }
}

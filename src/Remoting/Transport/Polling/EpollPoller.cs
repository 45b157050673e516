using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ActorCompute.Remoting.Transport;

/// <summary>Linux's epoll, level-triggered: what a socket still has is reported again, so nobody must read until it is empty.</summary>
internal sealed class EpollPoller : IPoller
{
    private const int MaxEvents = 128;
    private const int WakeSlot = 0;

    private readonly byte[] _events = new byte[MaxEvents * Epoll.EventSize];
    private readonly int _epoll;
    private readonly int _wake;

    // Slots are given anew: an event that was fetched before its socket was closed must not reach the next owner.
    private readonly List<IPollable?> _targets = [null];
    private readonly List<uint> _generations = [0];
    private readonly Stack<int> _free = new();

    public EpollPoller()
    {
        _epoll = Check(Epoll.Create(Epoll.CloseOnExec));
        _wake = Check(Epoll.CreateEvent(0, Epoll.CloseOnExec | Epoll.NonBlocking));
        // Edge-triggered: each wake is one event, and nobody need read the counter.
        Control(Epoll.Add, _wake, Epoll.In | Epoll.EdgeTriggered, WakeSlot);
    }

    public void Watch(IPollable target, Interest interest)
    {
        var registration = target.Registration;
        if (registration.Interest == interest) return;
        var descriptor = (int)target.Socket.SafeHandle.DangerousGetHandle();
        var events = (interest.HasFlag(Interest.Read) ? Epoll.In : 0) | (interest.HasFlag(Interest.Write) ? Epoll.Out : 0);
        if (registration.Interest == Interest.None)
        {
            registration.Slot = TakeSlot(target);
            Control(Epoll.Add, descriptor, events, registration.Slot);
        }
        else if (interest == Interest.None)
        {
            Control(Epoll.Delete, descriptor, 0, registration.Slot);
            FreeSlot(registration.Slot);
        }
        else
        {
            Control(Epoll.Modify, descriptor, events, registration.Slot);
        }

        registration.Interest = interest;
    }

    public void Wait(int milliseconds)
    {
        var count = Epoll.Wait(_epoll, ref _events[0], MaxEvents, milliseconds);
        // -1 is an interrupt by a signal: the loop comes again.
        for (var i = 0; i < count; i++)
        {
            var (events, slot, generation) = Epoll.Read(_events.AsSpan(i * Epoll.EventSize));
            if (slot == WakeSlot || _generations[slot] != generation || _targets[slot] is not { } target) continue;
            var ready = Interest.None;
            if ((events & (Epoll.In | Epoll.Broken)) != 0) ready |= Interest.Read;
            if ((events & (Epoll.Out | Epoll.Broken)) != 0) ready |= Interest.Write;
            target.OnReady(ready);
        }
    }

    public void Wake()
    {
        var one = 1UL;
        _ = Epoll.WriteEvent(_wake, ref one, sizeof(ulong));
    }

    public void Dispose()
    {
        _ = Epoll.Close(_wake);
        _ = Epoll.Close(_epoll);
    }

    private int TakeSlot(IPollable target)
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _targets.Count;
            _targets.Add(null);
            _generations.Add(0);
        }

        _targets[slot] = target;
        return slot;
    }

    private void FreeSlot(int slot)
    {
        _targets[slot] = null;
        _generations[slot]++;
        _free.Push(slot);
    }

    private void Control(int operation, int descriptor, uint events, int slot)
    {
        Span<byte> data = stackalloc byte[Epoll.EventSize];
        Epoll.Write(data, events, slot, _generations[slot]);
        Check(Epoll.Control(_epoll, operation, descriptor, ref data[0]));
    }

    private static int Check(int result) => result >= 0 ? result : throw new SocketException(Marshal.GetLastPInvokeError(), new Win32Exception().Message);
}

using System.Net.Sockets;

namespace ActorCompute.Remoting.Transport;

/// <summary>A socket that a <see cref="PollLoop"/> watches.</summary>
internal interface IPollable
{
    Socket Socket { get; }

    /// <summary>What the poller keeps for it; nobody else touches it.</summary>
    PollRegistration Registration { get; }

    /// <summary>Called on the loop's thread. An error of the socket counts as both: whoever then reads or writes meets it.</summary>
    void OnReady(Interest ready);
}

namespace ActorCompute.Remoting.Transport;

/// <summary>Waits for many sockets at once. All but <see cref="Wake"/> is for one thread.</summary>
internal interface IPoller : IDisposable
{
    /// <summary>Watches a socket from now on for this, or no more.</summary>
    void Watch(IPollable target, Interest interest);

    /// <summary>Waits, and calls <see cref="IPollable.OnReady"/> of what became ready.</summary>
    /// <param name="milliseconds">At most so long; negative for ever.</param>
    void Wait(int milliseconds);

    /// <summary>Ends a wait that is on, or the next one.</summary>
    void Wake();
}

namespace Akka.Actor;

/// <summary>The handlers of one behaviour, in the order they were given.</summary>
internal sealed class ReceiveTable
{
    private Receive[] _handlers = [];
    private bool _takesAll;

    /// <param name="takesAll">No message gets past this handler, so another behind it is a mistake.</param>
    public void Add(Receive handler, bool takesAll)
    {
        if (_takesAll)
            throw new InvalidOperationException("A handler that takes every message was added before; nothing added after it would ever be called.");
        _takesAll = takesAll;
        _handlers = [.. _handlers, handler];
    }

    public bool Handle(object message)
    {
        foreach (var handler in _handlers)
        {
            if (handler(message))
                return true;
        }
        return false;
    }
}

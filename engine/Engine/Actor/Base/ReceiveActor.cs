namespace Akka.Actor;

/// <summary>
/// An actor that says in its constructor, by <c>Receive</c>, what it does with which messages. The first handler that
/// takes a message gets it; <c>Become</c> replaces them all.
/// </summary>
public abstract class ReceiveActor : UntypedActor
{
    private readonly ReceiveTable _first = new();

    // Where Receive adds to: the constructor's table, or that of the Become under way; null in between.
    private ReceiveTable _open;

    protected ReceiveActor() => _open = _first;

    internal override void Constructed() => _open = null;

    internal override bool InitialReceive(object message) => _first.Handle(message);

    protected override void OnReceive(object message)
    {
        if (!_first.Handle(message))
            Unhandled(message);
    }

    protected void Become(Action configure) => base.Become(Build(configure));

    protected void BecomeStacked(Action configure) => base.BecomeStacked(Build(configure));

    protected void Receive<T>(Action<T> handler, Predicate<T> shouldHandle = null) => Add(typeof(T), message =>
    {
        if (message is not T typed || (shouldHandle is not null && !shouldHandle(typed)))
            return false;
        handler(typed);
        return true;
    }, takesAll: shouldHandle is null && typeof(T) == typeof(object));

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    protected void Receive<T>(Func<T, bool> handler) => Add(typeof(T), message => message is T typed && handler(typed));

    protected void Receive(Type messageType, Action<object> handler, Predicate<object> shouldHandle = null) => Add(messageType, message =>
    {
        if (!messageType.IsInstanceOfType(message) || (shouldHandle is not null && !shouldHandle(message)))
            return false;
        handler(message);
        return true;
    }, takesAll: shouldHandle is null && messageType == typeof(object));

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Receive(messageType, handler, shouldHandle);

    protected void Receive(Type messageType, Func<object, bool> handler) =>
        Add(messageType, message => messageType.IsInstanceOfType(message) && handler(message));

    protected void ReceiveAny(Action<object> handler) => Receive(handler);

    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T> shouldHandle = null) =>
        Receive(message => RunTask(() => handler(message)), shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => ReceiveAsync(handler, shouldHandle);

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object> shouldHandle = null) =>
        Receive(messageType, message => RunTask(() => handler(message)), shouldHandle);

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        ReceiveAsync(messageType, handler, shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAsync(handler);

    private Receive Build(Action configure)
    {
        var outer = _open;
        var table = new ReceiveTable();
        _open = table;
        try
        {
            configure();
        }
        finally
        {
            _open = outer;
        }
        return table.Handle;
    }

    private void Add(Type type, Receive handler, bool takesAll = false)
    {
        ArgumentNullException.ThrowIfNull(type, "messageType");
        if (_open is null)
            throw new InvalidOperationException("Receive may only be called in the actor's constructor and inside Become.");
        _open.Add(handler, takesAll);
    }
}

namespace ActorCompute.Remoting.Transport;

/// <summary>Something that a <see cref="PollLoop"/> does at a time, unless it is cancelled before. For the loop's thread alone.</summary>
internal sealed class Deadline(Action onDue)
{
    private Action? _onDue = onDue;

    public bool IsCancelled => _onDue is null;

    public void Cancel() => _onDue = null;

    public void Run()
    {
        var onDue = _onDue;
        _onDue = null;
        onDue?.Invoke();
    }
}

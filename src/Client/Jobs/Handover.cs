namespace ActorCompute.Client.Jobs;

/// <summary>
/// What an actor is given for good: Akka.NET's caches hold an actor's Props, and all that they hold, long after its end (a thousand
/// for each thread).
/// </summary>
internal sealed class Handover<T>(T value)
    where T : class
{
    private T? _value = value;

    /// <returns>Null when it was taken before.</returns>
    public T? Take() => Interlocked.Exchange(ref _value, null);
}

namespace Akka.Actor;

/// <summary>One action at the timer thread.</summary>
/// <remarks>
/// The state says who accounts for a cancellation: an item cancelled while Waiting is in the heap and counted there; one
/// cancelled while Taken is not in the heap and simply not put back.
/// </remarks>
internal sealed class ScheduledItem(TimerThread thread, Action action, long interval)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Cancelled = 2;

    /// <summary>The next one first; of those due at once the one that came first.</summary>
    /// <remarks>A heap by two numbers would do without it, and be compiled in each process at its first timer.</remarks>
    public static readonly IComparer<ScheduledItem> ByDue = Comparer<ScheduledItem>.Create((a, b) => a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Order.CompareTo(b.Order));

    private int _state;

    /// <summary>In ticks of the stopwatch. Changed by the timer thread only, once scheduled.</summary>
    public long Due { get; set; }

    /// <summary>Counts the items as they go into the heap. Changed while it is not in there.</summary>
    public long Order { get; set; }

    public long Interval => interval;

    public bool IsCancelled => Volatile.Read(ref _state) == Cancelled;

    public void Cancel()
    {
        if (Interlocked.Exchange(ref _state, Cancelled) == Waiting)
            thread.OnCancelled();
    }

    /// <summary>By the timer thread, as it takes the item out of the heap: false if it was cancelled before.</summary>
    public bool Take() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>By the timer thread, before the item goes back: false if it was cancelled meanwhile.</summary>
    public bool PutBack() => Interlocked.CompareExchange(ref _state, Waiting, Taken) == Taken;

    public void Run()
    {
        try
        {
            action();
        }
        catch (Exception failure)
        {
            // The thread serves everybody: no action may end it.
            Console.Error.WriteLine($"A scheduled action failed: {failure}");
        }
    }
}

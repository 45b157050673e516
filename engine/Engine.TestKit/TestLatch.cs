namespace Akka.TestKit;

/// <summary>Opens after so many calls of <see cref="CountDown"/>.</summary>
public class TestLatch
{
    private readonly CountdownEvent _latch;
    private readonly TimeSpan _defaultTimeout;
    private readonly Func<TimeSpan, TimeSpan> _dilate;

    public TestLatch()
        : this(1)
    {
    }

    public TestLatch(int count)
        : this(count, TimeSpan.FromSeconds(5))
    {
    }

    public TestLatch(int count, TimeSpan defaultTimeout)
        : this(duration => duration, defaultTimeout, count)
    {
    }

    protected TestLatch(Func<TimeSpan, TimeSpan> dilate, TimeSpan defaultTimeout, int count)
    {
        _latch = new CountdownEvent(count);
        _defaultTimeout = defaultTimeout;
        _dilate = dilate;
    }

    internal static TestLatch Make(Func<TimeSpan, TimeSpan> dilate, TimeSpan defaultTimeout, int count) => new(dilate, defaultTimeout, count);

    public bool IsOpen => _latch.IsSet;

    public void CountDown()
    {
        if (!_latch.IsSet)
            _latch.Signal();
    }

    public void Open()
    {
        while (!IsOpen)
            CountDown();
    }

    public void Reset() => _latch.Reset();

    public void Ready() => Ready(_defaultTimeout);

    /// <exception cref="TimeoutException">It did not open in time.</exception>
    public void Ready(TimeSpan timeout)
    {
        var dilated = _dilate(timeout);
        if (!_latch.Wait(dilated))
            throw new TimeoutException($"The latch did not open within {dilated}; {_latch.CurrentCount} of {_latch.InitialCount} counts are missing.");
    }
}

using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    // When the innermost Within ends; null outside of any.
    private TimeSpan? _end;

    // Inside a Within an expectation of silence has come true: the last message need not be in time any more.
    private bool _lastWasNoMessage;

    /// <summary>What is left of the innermost Within.</summary>
    public TimeSpan Remaining =>
        _end is { } end ? Max(TimeSpan.Zero, end - Now)
            : throw new InvalidOperationException("Remaining may not be called outside of Within");

    /// <summary>What is left of the innermost Within, or the default of a single expectation.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    public TimeSpan Dilated(TimeSpan duration) => duration < TimeSpan.Zero ? duration : duration * TestKitSettings.TestTimeFactor;

    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout ?? RemainingOrDefault;

    public TimeSpan RemainingOrDilated(TimeSpan? duration)
    {
        if (duration is not { } value)
            return RemainingOrDefault;
        if (value == Timeout.InfiniteTimeSpan)
            throw new ArgumentException("max duration cannot be infinite");
        return value >= TimeSpan.Zero ? Dilated(value) : throw new ArgumentException("max duration cannot be negative");
    }

    protected TimeSpan RemainingOr(TimeSpan duration) => _end is null ? duration : Remaining;

    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    public void Within(
        TimeSpan min, TimeSpan max, Action action, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(min, max, () =>
        {
            action();
            return NotUsed.Instance;
        }, hint, epsilonValue, cancellationToken);

    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <summary>Runs the function; fails if it took less than min or more than max. Expectations inside end with max.</summary>
    public T Within<T>(
        TimeSpan min, TimeSpan max, Func<T> function, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var frame = Enter(min, max);
        try
        {
            var result = function();
            CheckTime(frame, min, max, hint, epsilonValue);
            return result;
        }
        finally
        {
            _end = frame.OuterEnd;
        }
    }

    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    public Task WithinAsync(
        TimeSpan min, TimeSpan max, Func<Task> actionAsync, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(min, max, async () =>
        {
            await actionAsync();
            return NotUsed.Instance;
        }, hint, epsilonValue, cancellationToken);

    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public async Task<T> WithinAsync<T>(
        TimeSpan min, TimeSpan max, Func<Task<T>> function, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        var frame = Enter(min, max);
        try
        {
            var result = await function().WaitAsync(cancellationToken);
            CheckTime(frame, min, max, hint, epsilonValue);
            return result;
        }
        finally
        {
            _end = frame.OuterEnd;
        }
    }

    private (TimeSpan Start, TimeSpan? OuterEnd) Enter(TimeSpan min, TimeSpan max)
    {
        if (min > max || min < TimeSpan.Zero)
            throw new ArgumentException($"min {min} and max {max} make no period");
        var dilated = Dilated(max);
        var start = Now;
        var outer = _end;
        var left = outer is { } end ? end - start : TimeSpan.MaxValue;
        if (left < min)
            _assertions.Fail("Required min time {0} not possible, only {1} left", min, left);
        _lastWasNoMessage = false;
        _end = start + (dilated < left ? dilated : left);
        return (start, outer);
    }

    private void CheckTime((TimeSpan Start, TimeSpan? OuterEnd) frame, TimeSpan min, TimeSpan max, string hint, TimeSpan? epsilon)
    {
        var took = Now - frame.Start;
        if (took < min)
            _assertions.Fail("Failed: Block took {0}, should have at least been {1}. {2}", took, min, hint ?? "");
        if (!_lastWasNoMessage && took > Dilated(max) + (epsilon ?? TimeSpan.Zero))
            _assertions.Fail("Failed: Block took {0}, exceeding {1}. {2}", took, Dilated(max), hint ?? "");
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}

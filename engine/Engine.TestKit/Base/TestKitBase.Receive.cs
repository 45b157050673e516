using System.Collections;
using System.Runtime.CompilerServices;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>The next message, or null when none came in time.</summary>
    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Take(Limit(max), cancellationToken)?.Message;

    public async ValueTask<object> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await TakeAsync(Limit(max), cancellationToken))?.Message;

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveN(numberOfMessages, RemainingOrDefault, cancellationToken);

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default)
    {
        var received = new List<object>();
        var end = Now + Dilated(max);
        while (received.Count < numberOfMessages)
            received.Add(Required(Take(Left(end), cancellationToken), max, received.Count, numberOfMessages));
        return received;
    }

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveNAsync(numberOfMessages, RemainingOrDefault, cancellationToken);

    public async IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages, TimeSpan max, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var end = Now + Dilated(max);
        for (var i = 0; i < numberOfMessages; i++)
            yield return Required(await TakeAsync(Left(end), cancellationToken), max, i, numberOfMessages);
    }

    /// <summary>Takes messages until one fits; those before it are dropped.</summary>
    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage(isMessage, null, max, hint, cancellationToken);

    /// <summary>Those before it go to <paramref name="allMessages"/>.</summary>
    public T FishForMessage<T>(
        Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var end = Now + limit;
        allMessages?.Clear();
        while (true)
        {
            if (Fished(Take(Left(end), cancellationToken), isMessage, allMessages, limit, hint, out var found))
                return found;
        }
    }

    public async ValueTask<object> FishForMessageAsync(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        await FishForMessageAsync<object>(isMessage, max, hint, cancellationToken);

    public ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessageAsync(isMessage, null, max, hint, cancellationToken);

    public async ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var end = Now + limit;
        allMessages?.Clear();
        while (true)
        {
            if (Fished(await TakeAsync(Left(end), cancellationToken), isMessage, allMessages, limit, hint, out var found))
                return found;
        }
    }

    private bool Fished<T>(ReceivedMessage received, Predicate<T> isMessage, ArrayList others, TimeSpan limit, string hint, out T found)
    {
        if (received is null)
            _assertions.Fail("Timeout ({0}) during FishForMessage{1}", limit, string.IsNullOrEmpty(hint) ? "" : ": " + hint);
        found = received.Message is T typed ? typed : default;
        if (received.Message is T && isMessage(found))
            return true;
        others?.Add(received.Message);
        return false;
    }

    private object Required(ReceivedMessage received, TimeSpan max, int count, int wanted)
    {
        if (received is null)
            _assertions.Fail("Timeout ({0}) while expecting {1} messages. Only got {2} after {0}.", max, wanted, count);
        return received.Message;
    }

    private ReceivedMessage Take(TimeSpan timeout, CancellationToken cancellationToken) => Note(_inbox.Take(timeout, cancellationToken));

    private async ValueTask<ReceivedMessage> TakeAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        Note(await _inbox.TakeAsync(timeout, cancellationToken));

    private ReceivedMessage Note(ReceivedMessage received)
    {
        _lastWasNoMessage = false;
        _last = received;
        return received;
    }

    /// <summary>A zero or negative limit of ReceiveOne means: whatever is there by now.</summary>
    private TimeSpan Limit(TimeSpan? max) =>
        max is null ? RemainingOrDefault
            : max == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan
            : Max(TimeSpan.Zero, Dilated(max.Value));

    private static TimeSpan Left(TimeSpan end) => Max(TimeSpan.Zero, end - Now);
}

using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public T ExpectMsg<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(duration, hint, null, cancellationToken);

    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, Equal(message, hint), cancellationToken);

    public T ExpectMsg<T>(
        T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, Equal(expected, comparer, hint), cancellationToken);

    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, Fits(isMessage, hint), cancellationToken);

    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, (message, _) => assert(message), cancellationToken);

    public T ExpectMsg<T>(
        Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, Fits(isMessageAndSender, hint), cancellationToken);

    public T ExpectMsg<T>(
        Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, assertMessageAndSender, cancellationToken);

    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(duration, hint, From<T>(sender, null, hint), cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, From(sender, Equal(message, hint), hint), cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, From(sender, Fits(isMessage, hint), hint), cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, From<T>(sender, (message, _) => assertMessage(message), hint), cancellationToken);

    public T ExpectMsgFrom<T>(
        Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, Fits<T>((message, sender) => isSender(sender) && isMessage(message), hint), cancellationToken);

    public T ExpectMsgFrom<T>(
        Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, Both(assertSender, assertMessage), cancellationToken);

    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Expect(null, null, AnyOf(messages), cancellationToken);

    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<Terminated>(timeout, hint, IsTerminated(target, hint), cancellationToken);

    /// <summary>Waits for the rest of Within, or for the default of a single expectation.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => Silence(Take(RemainingOrDefault, cancellationToken));

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) =>
        Silence(Take(Dilated(duration), cancellationToken));

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    private T Expect<T>(TimeSpan? timeout, string hint, Action<T, IActorRef> check, CancellationToken cancellationToken)
    {
        var limit = RemainingOrDilated(timeout);
        return Checked(Take(limit, cancellationToken), limit, hint, check);
    }

    private T Checked<T>(ReceivedMessage received, TimeSpan limit, string hint, Action<T, IActorRef> check)
    {
        if (received is null)
            _assertions.Fail("Failed: Timeout {0} while waiting for a message of type {1} {2}", limit, typeof(T), hint ?? "");
        if (received.Message is not T typed)
        {
            _assertions.Fail("Failed: Expected a message of type {0}, but received {1} (type {2}) instead {3} from {4}",
                typeof(T), received.Message, received.Message.GetType(), hint ?? "", received.Sender);
            throw new InvalidOperationException("Fail of the test kit's assertions has to throw.");
        }
        check?.Invoke(typed, received.Sender);
        return typed;
    }

    private void Silence(ReceivedMessage received)
    {
        if (received is not null)
            _assertions.Fail("Failed: Expected no messages, instead received {0} (type {1}) from {2}", received.Message, received.Message.GetType(), received.Sender);
        _lastWasNoMessage = true;
    }

    private Action<T, IActorRef> Equal<T>(T expected, string hint) =>
        (message, _) => _assertions.AssertEqual(expected, message, "{0}", hint ?? "");

    private Action<T, IActorRef> Equal<T>(T expected, Func<T, T, bool> comparer, string hint) =>
        (message, _) => _assertions.AssertEqual(expected, message, comparer, "{0}", hint ?? "");

    private Action<T, IActorRef> Fits<T>(Predicate<T> isMessage, string hint) => (message, _) =>
        _assertions.AssertTrue(isMessage is null || isMessage(message), "Got a message of the expected type {0}. But the message {{{1}}} does not match the predicate {2}", typeof(T), message, hint ?? "");

    private Action<T, IActorRef> Fits<T>(Func<T, IActorRef, bool> isMessageAndSender, string hint) => (message, sender) =>
        _assertions.AssertTrue(isMessageAndSender is null || isMessageAndSender(message, sender),
            "Got a message of the expected type {0}. But the message {{{1}}} and its sender {2} do not match the predicate {3}", typeof(T), message, sender, hint ?? "");

    private Action<T, IActorRef> From<T>(IActorRef expected, Action<T, IActorRef> check, string hint) => (message, sender) =>
    {
        _assertions.AssertEqual(expected, sender, Equals, "Sender does not match {0}", hint ?? "");
        check?.Invoke(message, sender);
    };

    private static Action<T, IActorRef> Both<T>(Action<IActorRef> assertSender, Action<T> assertMessage) => (message, sender) =>
    {
        assertSender(sender);
        assertMessage(message);
    };

    private Action<T, IActorRef> AnyOf<T>(IEnumerable<T> messages)
    {
        var wanted = messages.ToList();
        return (message, _) => _assertions.AssertTrue(wanted.Contains(message), "Expected one of {0}, but received {1}", string.Join(", ", wanted), message);
    }

    private Action<Terminated, IActorRef> IsTerminated(IActorRef target, string hint) => (message, _) =>
        _assertions.AssertEqual(target, message.ActorRef, Equals, "Terminated of another actor {0}", hint ?? "");
}

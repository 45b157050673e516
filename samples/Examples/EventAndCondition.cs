using Akka.Actor;

namespace ActorCompute.Examples;

/// <summary>
/// Event, Condition, Value and Array of multiprocessing: an actor's fields, and answers that wait. What
/// <c>threading.local</c> is for, an actor's fields are as well: no other thread can reach them.
/// </summary>
internal static class EventAndCondition
{
    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        using var system = ActorSystem.Create("board");
        var board = system.ActorOf(Props.Create(() => new Board(3)));

        // condition.wait_for(lambda: all are there): asked before, answered when it holds.
        var full = board.Ask<long[]>(Board.WhenFull.Instance);
        output.WriteLine($"full: {full.IsCompleted}");

        // array[i] = …, from whichever thread brings the result; notify_all() is nobody's business.
        foreach (var place in Enumerable.Range(0, 3))
        {
            cluster.Submit(Square.Of, place + 10L).OnCompleted(done => board.Tell(new Board.Set(place, done.ResultAsync().Result)));
        }

        output.WriteLine($"full: {string.Join(' ', await full)}");
        await system.Terminate();
    }

    private sealed class Board : ReceiveActor
    {
        private readonly List<IActorRef> _waiting = [];
        private readonly long?[] _values;

        public Board(int places)
        {
            _values = new long?[places];
            Receive<Set>(set =>
            {
                _values[set.Place] = set.Value;
                Tell();
            });
            Receive<WhenFull>(_ =>
            {
                _waiting.Add(Sender);
                Tell();
            });
        }

        private void Tell()
        {
            if (_values.Any(value => value is null)) return;
            foreach (var asker in _waiting) asker.Tell(_values.Select(value => value!.Value).ToArray());
            _waiting.Clear();
        }

        public sealed record Set(int Place, long Value);

        public sealed record WhenFull
        {
            public static WhenFull Instance { get; } = new();
        }
    }
}

using Akka.Actor;

namespace ActorCompute.Engine.Conformance.Node;

/// <summary>Sends every message back.</summary>
internal sealed class Echo : UntypedActor
{
    protected override void OnReceive(object message) => Sender.Tell(message);
}

/// <summary>Takes numbers that only ever rise; tells whoever sends a text the last one, how many came, and how many did not rise.</summary>
internal sealed class Recorder : ReceiveActor
{
    private int _last = -1;
    private int _count;
    private int _wrong;

    public Recorder()
    {
        Receive<int>(number =>
        {
            if (number <= _last)
                _wrong++;
            _last = number;
            _count++;
        });
        Receive<string>(_ => Sender.Tell($"{_last} {_count} {_wrong}"));
    }
}

using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Client.Large;

/// <summary>Writes the large results of one job to files, as their pieces come, and tells the workers how far they are here. A child of the job's actor: a slow disk holds up nothing but them.</summary>
internal sealed class SpoolActor(ResultSpools whole, long largest) : UntypedActor
{
    private readonly Dictionary<SpoolKey, ResultSpool> _spools = [];

    /// <summary>The worker is gone.</summary>
    public sealed record Forget(IActorRef Node);

    public static Props PropsFor(ResultSpools whole, long largest) => Props.Create<SpoolActor>(whole, largest);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ResultPiece piece: Take(piece, new(Sender, piece.Number, piece.Attempt)); break;
            case Forget { Node: var node }:
                foreach (var (key, spool) in _spools.Where(pair => pair.Key.Node.Equals(node)).ToList()) Drop(key, spool);
                whole.Forget(key => key.Node.Equals(node));
                break;
            default: Unhandled(message); break;
        }
    }

    protected override void PostStop()
    {
        foreach (var spool in _spools.Values) spool.Dispose();
    }

    private void Take(ResultPiece piece, SpoolKey key)
    {
        var taken = new ResultPieceTaken { Job = piece.Job, Number = piece.Number, Attempt = piece.Attempt };
        try
        {
            if (piece.Length > largest || piece.Length <= 0) throw new IOException($"a result of {piece.Length} bytes: at most {largest} travel (LargestResult)");
            taken.Offset = Write(piece, key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            taken.Refused = $"the result could not be stored where its client runs, in {Path.GetTempPath()}: {e.Message}";
            if (_spools.TryGetValue(key, out var spool)) Drop(key, spool);
        }

        Sender.Tell(taken, Context.Parent);
    }

    /// <returns>Where the next piece begins.</returns>
    private long Write(ResultPiece piece, SpoolKey key)
    {
        // It is here, and the word of that was lost.
        if (whole.Has(key)) return piece.Length;
        if (!_spools.TryGetValue(key, out var spool)) _spools.Add(key, spool = new(piece.Length));

        spool.Add(piece.Offset, piece.Data.Span);
        if (spool.IsComplete)
        {
            // Before the worker hears of it, so that the reply finds it.
            _spools.Remove(key);
            whole.Add(key, spool);
        }

        return spool.Written;
    }

    private void Drop(SpoolKey key, ResultSpool spool)
    {
        _spools.Remove(key);
        spool.Dispose();
    }
}

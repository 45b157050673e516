namespace ActorCompute.Compare.Running;

/// <summary>Holds all contenders of a row to the answer of the first: who is fast and wrong has not taken part.</summary>
internal sealed class SameAnswer
{
    private (string Who, string Answer)? _first;

    /// <exception cref="InvalidOperationException">It differs from the first one.</exception>
    public void Check(string who, string answer)
    {
        _first ??= (who, answer);
        if (_first is { } first && first.Answer != answer) throw new InvalidOperationException($"{who} says {answer}, {first.Who} says {first.Answer}.");
    }
}

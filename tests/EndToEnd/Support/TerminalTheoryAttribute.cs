namespace ActorCompute.EndToEnd;

/// <inheritdoc cref="TerminalFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TerminalTheoryAttribute : TheoryAttribute
{
    public TerminalTheoryAttribute() => Skip = new TerminalFactAttribute().Skip;
}

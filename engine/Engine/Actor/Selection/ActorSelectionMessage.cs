namespace Akka.Actor;

/// <summary>
/// A message on its way along a selection: what is left of the path, as text (<c>..</c>, a name, or a pattern with
/// <c>*</c> and <c>?</c>). Remoting carries it whole to the node where the path goes on.
/// </summary>
/// <param name="WildcardFanOut">A pattern was met before: an actor that is not there need not answer Identify.</param>
internal sealed record ActorSelectionMessage(object Message, string[] Elements, bool WildcardFanOut = false) : IAutoReceivedMessage;

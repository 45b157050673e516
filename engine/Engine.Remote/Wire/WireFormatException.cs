namespace Akka.Remote.Wire;

/// <summary>Bytes from outside that are not what the format says. The message names the field.</summary>
internal sealed class WireFormatException(string message) : Exception(message);

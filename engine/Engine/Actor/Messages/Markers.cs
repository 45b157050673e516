namespace Akka.Actor;

/// <summary>Messages the actor's cell answers before the actor sees them.</summary>
public interface IAutoReceivedMessage;

/// <summary>Messages that a peer one does not trust should not be able to send.</summary>
public interface IPossiblyHarmful;

/// <summary>Messages that never leave the process.</summary>
public interface INoSerializationVerificationNeeded;

/// <summary>Messages that do not count as activity for the receive time-out.</summary>
public interface INotInfluenceReceiveTimeout;

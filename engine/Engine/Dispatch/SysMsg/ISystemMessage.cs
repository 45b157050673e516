using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>What actors' cells tell each other; a mailbox takes these before any user message.</summary>
public interface ISystemMessage : INoSerializationVerificationNeeded;

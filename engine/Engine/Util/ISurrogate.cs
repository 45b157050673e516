using Akka.Actor;

namespace Akka.Util;

/// <summary>A stand-in that can be turned back into the value it stands for.</summary>
public interface ISurrogate
{
    ISurrogated FromSurrogate(ActorSystem system);
}

/// <summary>A value that can be replaced by a surrogate. The embedded engine's serializers never ask for one.</summary>
public interface ISurrogated
{
    ISurrogate ToSurrogate(ActorSystem system);
}

/// <summary>Serves every <see cref="ISurrogated"/> of the engine: it stays within the process, so it holds the value itself.</summary>
internal sealed class HeldSurrogate(ISurrogated value) : ISurrogate
{
    public ISurrogated FromSurrogate(ActorSystem system) => value;
}

using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>The parent of the references that wait for answers: <c>/temp</c>.</summary>
internal sealed class TempContainerRef(IActorRefProvider provider, IInternalActorRef parent, ActorPath path) : MinimalActorRef
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _children = new(StringComparer.Ordinal);

    public override ActorPath Path { get; } = path;

    public override IInternalActorRef Parent => parent;

    public override IActorRefProvider Provider => provider;

    public int Count => _children.Count;

    public void Add(string name, IInternalActorRef child) => _children[name] = child;

    public void Remove(string name) => _children.TryRemove(name, out _);

    public override IActorRef GetChild(IReadOnlyList<string> name) => name switch
    {
        [] or [""] => this,
        [".."] => parent,
        [var child] when _children.TryGetValue(child, out var found) => found,
        _ => ActorRefs.Nobody,
    };
}

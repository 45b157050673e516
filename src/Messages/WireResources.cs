using Google.Protobuf.Collections;

namespace ActorCompute.Messages;

/// <summary>Resources as they travel. Not as a map: its code would have to be compiled when a process starts.</summary>
public static class WireResources
{
    /// <exception cref="InputException">They are none, as <see cref="Resources.Of(IEnumerable{ValueTuple{string,long}})"/> says.</exception>
    public static Resources Read(RepeatedField<Resource> told)
    {
        ArgumentNullException.ThrowIfNull(told);
        return told.Count == 0 ? Resources.None : Resources.Of(told.Select(resource => (resource.Name, resource.Amount)));
    }

    /// <summary>Adds the amounts to a message.</summary>
    public static void AddTo(RepeatedField<Resource> message, Resources resources)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(resources);
        if (resources.IsEmpty) return;
        foreach (var (name, amount) in resources.Amounts) message.Add(new Resource { Name = name, Amount = amount });
    }
}

namespace Akka.Routing;

/// <summary>Messages that a router handles itself.</summary>
public abstract class RouterManagementMessage
{
    protected RouterManagementMessage()
    {
    }
}

/// <summary>Asks for <see cref="Routees"/>.</summary>
public sealed class GetRoutees : RouterManagementMessage
{
    public static GetRoutees Instance { get; } = new();
}

public sealed class AddRoutee : RouterManagementMessage
{
    public AddRoutee(Routee routee) => Routee = routee;

    public Routee Routee { get; }
}

/// <summary>Takes a routee out; one that the router made is stopped.</summary>
public sealed class RemoveRoutee : RouterManagementMessage
{
    public RemoveRoutee(Routee routee) => Routee = routee;

    public Routee Routee { get; }
}

/// <summary>Makes so many routees more, or with a negative number fewer.</summary>
public sealed class AdjustPoolSize : RouterManagementMessage
{
    public AdjustPoolSize(int change) => Change = change;

    public int Change { get; }
}

/// <summary>The routees of a router, as they were.</summary>
public sealed class Routees
{
    public Routees(IEnumerable<Routee> routees) => Members = [.. routees];

    public IEnumerable<Routee> Members { get; }
}

/// <summary>Goes to every routee, whatever the router's logic.</summary>
public class Broadcast
{
    public Broadcast(object message) => Message = message;

    internal object Message { get; }
}

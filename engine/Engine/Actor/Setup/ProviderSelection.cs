namespace Akka.Actor;

/// <summary>What a system's references can lead to.</summary>
public abstract class ProviderSelection
{
    internal ProviderSelection(string typeName) => TypeName = typeName;

    internal string TypeName { get; }

    /// <summary>Actors of this system only.</summary>
    public sealed class Local : ProviderSelection
    {
        public static readonly Local Instance = new();

        private Local()
            : base("local")
        {
        }
    }

    public sealed class Remote : ProviderSelection
    {
        public static readonly Remote Instance = new();

        private Remote()
            : base("remote")
        {
        }
    }

    public sealed class Cluster : ProviderSelection
    {
        public static readonly Cluster Instance = new();

        private Cluster()
            : base("cluster")
        {
        }
    }
}

using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// Makes the provider that <c>akka.actor.provider</c> names. The remote and the cluster provider lie in assemblies that this one
/// does not know; each adds its own from the module's initializer. To find them by name and make them by reflection would
/// take more of a process's start than all else that a provider does there.
/// </summary>
internal static class ProviderFactories
{
    private static readonly ConcurrentDictionary<string, Func<ActorSystemImpl, LocalActorRefProvider>> Known = new(StringComparer.Ordinal)
    {
        ["local"] = system => new LocalActorRefProvider(system),
    };

    /// <summary>For the initializer of a module that brings a provider.</summary>
    public static void Add(string name, Func<ActorSystemImpl, LocalActorRefProvider> create) => Known[name] = create;

    /// <param name="name">As configuration has it.</param>
    /// <param name="system">The system that is to have it.</param>
    /// <exception cref="ConfigurationException">No such provider can be loaded.</exception>
    public static LocalActorRefProvider Create(string name, ActorSystemImpl system)
    {
        var known = name switch
        {
            "Akka.Actor.LocalActorRefProvider" or "Akka.Actor.LocalActorRefProvider, Akka" => "local",
            "Akka.Remote.RemoteActorRefProvider, Akka.Remote" => "remote",
            "Akka.Cluster.ClusterActorRefProvider, Akka.Cluster" => "cluster",
            _ => name,
        };
        if (!Known.TryGetValue(known, out var create) && AssemblyOf(known) is { } assembly && Initialize(assembly))
            Known.TryGetValue(known, out create);
        return create is not null ? create(system) : Reflected(name, system);
    }

    private static string AssemblyOf(string known) => known switch
    {
        "remote" => "ActorCompute.Engine.Remote",
        "cluster" => "ActorCompute.Engine.Cluster",
        _ => null,
    };

    private static bool Initialize(string assembly)
    {
        try
        {
            RuntimeHelpers.RunModuleConstructor(Assembly.Load(new AssemblyName { Name = assembly }).ManifestModule.ModuleHandle);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false; // the program does without it
        }
    }

    private static LocalActorRefProvider Reflected(string name, ActorSystemImpl system)
    {
        var type = TypeNames.Resolve(name);
        if (type is null || !typeof(LocalActorRefProvider).IsAssignableFrom(type))
        {
            throw new ConfigurationException($"akka.actor.provider is '{name}': no such provider can be loaded. It can be local, remote "
                + "or cluster; for the last two the program needs Akka.Remote or Akka.Cluster.");
        }
        const BindingFlags any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        return (LocalActorRefProvider)Activator.CreateInstance(type, any | BindingFlags.DoNotWrapExceptions, null, [system], null);
    }
}

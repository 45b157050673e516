using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>The dispatchers of a system, by the path of their configuration.</summary>
public sealed class Dispatchers
{
    public const string DefaultDispatcherId = "akka.actor.default-dispatcher";

    internal const string InternalDispatcherId = "akka.actor.internal-dispatcher";

    private readonly ActorSystemImpl _system;
    private readonly ConcurrentDictionary<string, Lazy<Func<MessageDispatcher>>> _factories = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<MessageDispatcher> _shared = [];

    internal Dispatchers(ActorSystemImpl system)
    {
        _system = system;
        DefaultGlobalDispatcher = Lookup(DefaultDispatcherId);
    }

    public MessageDispatcher DefaultGlobalDispatcher { get; }

    public bool HasDispatcher(string id) => _factories.ContainsKey(id) || _system.Config.HasPath(id);

    /// <summary>The dispatcher of that name; for a pinned one a new one each time.</summary>
    /// <exception cref="ConfigurationException">There is no such configuration, or it is wrong.</exception>
    public MessageDispatcher Lookup(string dispatcherName) =>
        _factories.GetOrAdd(dispatcherName, id => new Lazy<Func<MessageDispatcher>>(() => Factory(id))).Value();

    internal void Shutdown()
    {
        foreach (var dispatcher in _shared)
            dispatcher.Shutdown();
    }

    private Func<MessageDispatcher> Factory(string id)
    {
        var own = _system.Config.GetConfig(id) ?? throw new ConfigurationException($"Dispatcher '{id}' is not configured.");
        // What a dispatcher does not say about its turns it takes from the default one; kind and threads are its own.
        var defaults = _system.Config.Section(DefaultDispatcherId);
        var throughput = own.GetInt("throughput", defaults.GetInt("throughput", 30));
        var deadline = own.GetTimeSpan("throughput-deadline-time", defaults.GetTimeSpan("throughput-deadline-time"), allowInfinite: false);
        if (throughput <= 0)
            throw new ConfigurationException($"{id}.throughput must be positive, it is {throughput}.");
        var name = $"{_system.Name}-{id}";
        var type = own.GetString("type", "Dispatcher");
        if (type == "PinnedDispatcher")
            return () => new PinnedDispatcher(id, throughput, deadline, name);
        MessageDispatcher shared = type switch
        {
            "Dispatcher" => own.GetString("executor", "default-executor") switch
            {
                "fork-join-executor" => new ForkJoinDispatcher(id, throughput, deadline, name, Parallelism(own.Section("fork-join-executor"))),
                "default-executor" or "thread-pool-executor" or "task-executor" or "channel-executor" =>
                    new ThreadPoolDispatcher(id, throughput, deadline),
                var executor => throw new ConfigurationException($"{id}.executor is '{executor}'; it can be default-executor, "
                    + "thread-pool-executor, task-executor, channel-executor or fork-join-executor."),
            },
            "ForkJoinDispatcher" => new ForkJoinDispatcher(id, throughput, deadline, name, ThreadCount(id, own)),
            CallingThreadDispatcher.ConfiguredType => new CallingThreadDispatcher(id),
            "TaskDispatcher" => new ThreadPoolDispatcher(id, throughput, deadline),
            _ => throw new ConfigurationException(
                $"{id}.type is '{type}'; it can be Dispatcher, TaskDispatcher, ForkJoinDispatcher or PinnedDispatcher."),
        };
        _shared.Add(shared);
        return () => shared;
    }

    private static int ThreadCount(string id, Config config)
    {
        var count = config.GetInt("dedicated-thread-pool.thread-count");
        return count > 0 ? count
            : throw new ConfigurationException($"{id}.dedicated-thread-pool.thread-count must be positive, it is {count}.");
    }

    private static int Parallelism(Config config)
    {
        var wanted = (int)Math.Ceiling(Environment.ProcessorCount * config.GetDouble("parallelism-factor", 1.0));
        return Math.Clamp(wanted, Math.Max(1, config.GetInt("parallelism-min", 4)), Math.Max(1, config.GetInt("parallelism-max", 64)));
    }
}

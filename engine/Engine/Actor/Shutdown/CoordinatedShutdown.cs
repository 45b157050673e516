using System.Collections.Concurrent;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Ends a node in phases, each after those it depends on. The tasks of a phase run side by side, with a time-out for
/// the phase; what fails or takes too long is logged and the next phase begins.
/// </summary>
public sealed partial class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly ActorSystemImpl _system;
    private readonly IReadOnlyList<ShutdownPhase> _phases;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(string Name, Func<Task<Done>> Run)>> _tasks = new(StringComparer.Ordinal);
    private readonly ILoggingAdapter _log;
    private readonly Lock _starting = new();
    private Task<Done> _run;

    internal CoordinatedShutdown(ActorSystemImpl system)
    {
        _system = system;
        _log = Logging.GetLogger(system, "CoordinatedShutdown");
        var config = system.Config.Section("akka.coordinated-shutdown");
        _phases = ShutdownPhases.FromConfig(config);
        if (config.GetBoolean("terminate-actor-system"))
            AddTerminateTask(config.GetBoolean("exit-clr"));
        if (config.GetBoolean("run-by-clr-shutdown-hook"))
            AddClrHook();
    }

    public ExtendedActorSystem System => _system;

    /// <summary>Why it runs; null before it does.</summary>
    public Reason ShutdownReason { get; private set; }

    public TimeSpan TotalTimeout => _phases.Aggregate(TimeSpan.Zero, (total, phase) => total + phase.Timeout);

    public static CoordinatedShutdown Get(ActorSystem sys) => (CoordinatedShutdown)sys.RegisterExtension(Provider.Instance);

    /// <summary>Adds to a phase that has not begun yet.</summary>
    /// <exception cref="ConfigurationException">There is no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        Find(phase);
        if (string.IsNullOrEmpty(taskName))
            throw new ArgumentException("Set a task name when adding tasks to the Coordinated Shutdown", nameof(taskName));
        _tasks.GetOrAdd(phase, _ => []).Enqueue((taskName, task));
    }

    public TimeSpan Timeout(string phase) => Find(phase).Timeout;

    /// <summary>Runs the phases, from the given one on. Only the first call counts; all get the same task.</summary>
    public Task<Done> Run(Reason reason, string fromPhase = null)
    {
        var first = fromPhase is null ? 0 : _phases.ToList().IndexOf(Find(fromPhase));
        lock (_starting)
        {
            if (_run is null)
            {
                ShutdownReason = reason;
                _log.Debug("Performing phases because of {0}", reason?.GetType().Name);
                _run = Task.Run(() => RunPhases(first));
            }
            return _run;
        }
    }

    private async Task<Done> RunPhases(int first)
    {
        foreach (var phase in _phases.Skip(first).Where(phase => phase.Enabled))
            await RunPhase(phase).ConfigureAwait(false);
        return Done.Instance;
    }

    private async Task RunPhase(ShutdownPhase phase)
    {
        if (!_tasks.TryGetValue(phase.Name, out var tasks))
            return;
        var running = tasks.Select(task => RunTask(phase, task.Name, task.Run)).ToArray();
        var all = Task.WhenAll(running);
        if (phase.Timeout == global::System.Threading.Timeout.InfiniteTimeSpan)
        {
            await all.ConfigureAwait(false);
            return;
        }
        try
        {
            await all.WaitAsync(phase.Timeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var late = string.Join(", ", tasks.Zip(running).Where(pair => !pair.Second.IsCompleted).Select(pair => pair.First.Name));
            var text = $"Coordinated shutdown phase [{phase.Name}] timed out after {phase.Timeout}; still running: {late}";
            if (!phase.Recover)
                throw new TimeoutException(text);
            _log.Warning(text);
        }
    }

    private async Task RunTask(ShutdownPhase phase, string name, Func<Task<Done>> run)
    {
        try
        {
            _log.Debug("Performing task [{0}] in phase [{1}]", name, phase.Name);
            // Yield first: a task that blocks must not keep its neighbours from starting, nor escape the time-out.
            await Task.Run(run).ConfigureAwait(false);
        }
        catch (Exception failure) when (phase.Recover)
        {
            _log.Warning(failure, "Task [{0}] failed in phase [{1}]: {2}", name, phase.Name, failure.Message);
        }
    }

    private ShutdownPhase Find(string phase) => _phases.FirstOrDefault(one => one.Name == phase)
        ?? throw new ConfigurationException(
            $"Unknown phase [{phase}]; known are {string.Join(", ", _phases.Select(one => one.Name))} (akka.coordinated-shutdown.phases).");

    private void AddTerminateTask(bool exitClr) => AddTask(PhaseActorSystemTerminate, "terminate-system", async () =>
    {
        await _system.FinalTerminate().ConfigureAwait(false);
        // After this task: the task itself is waited for by those who called Run.
        if (exitClr)
            _ = Task.Run(() => Environment.Exit(0));
        return Done.Instance;
    });

    private void AddClrHook()
    {
        void OnExit(object sender, EventArgs arguments) => Run(ClrExitReason.Instance).Wait(TotalTimeout);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        _system.RegisterOnTermination(() => AppDomain.CurrentDomain.ProcessExit -= OnExit);
    }

    private sealed class Provider : ExtensionIdProvider<CoordinatedShutdown>
    {
        public static readonly Provider Instance = new();

        public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system) => new((ActorSystemImpl)system);
    }
}

using System.Collections.Concurrent;
using System.Text;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor.Internal;

/// <summary>The actor system.</summary>
internal sealed class ActorSystemImpl : ExtendedActorSystem
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly ConcurrentStack<Action> _onTermination = new();
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Scheduler _scheduler;
    private Serialization.Serialization _serialization;
    private ILoggingAdapter _log;
    private int _terminating;

    public ActorSystemImpl(string name, ActorSystemSetup setup)
    {
        if (string.IsNullOrEmpty(name) || !char.IsAsciiLetterOrDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw new ArgumentException(
                $"Invalid ActorSystem name [{name}]: letters, digits and '-' are allowed, and it must not start with '-'.", nameof(name));
        }
        Name = name;
        Setup = setup;
        var bootstrap = setup.Get<BootstrapSetup>();
        Config = Bootstrapped(bootstrap).WithFallback(ConfigurationFactory.Default());
        var provider = bootstrap.FlatSelect(value => value.ActorRefProvider);
        LocalProvider = ProviderFactories.Create(provider.HasValue ? provider.Value.TypeName : Config.GetString("akka.actor.provider"), this);
        Settings = new Settings(Config);
        TimerThread = new TimerThread($"{name}-scheduler");
        _scheduler = new Scheduler(TimerThread);
        EventStream = new EventStream();
        EventStream.StartStdoutLogger(Settings);
        LocalProvider.OpenDeadLetters(EventStream);
        Dispatchers = new Dispatchers(this);
        Mailboxes = new Mailboxes(this);
    }

    public override string Name { get; }

    public ActorSystemSetup Setup { get; }

    /// <summary>The configuration over the reference configurations.</summary>
    public Config Config { get; private set; }

    public Settings Settings { get; }

    /// <summary>The scheduler's thread, for the engine's own timers.</summary>
    public TimerThread TimerThread { get; }

    public Mailboxes Mailboxes { get; }

    public LocalActorRefProvider LocalProvider { get; }

    public override IActorRefProvider Provider => LocalProvider;

    public override EventStream EventStream { get; }

    public override Dispatchers Dispatchers { get; }

    public override IScheduler Scheduler => _scheduler;

    public override Serialization.Serialization Serialization =>
        _serialization ?? throw new InvalidOperationException("The actor system has not started yet.");

    public override ILoggingAdapter Log => _log;

    public override IActorRef DeadLetters => LocalProvider.DeadLetters;

    public override IActorRef IgnoreRef => LocalProvider.IgnoreRef;

    public override IInternalActorRef Guardian => LocalProvider.Guardian;

    public override IInternalActorRef SystemGuardian => LocalProvider.SystemGuardian;

    public override IInternalActorRef LookupRoot => LocalProvider.RootGuardian;

    public override Task WhenTerminated => _terminated.Task;

    /// <summary>Set once Terminate or Abort was called.</summary>
    public bool IsTerminating => Volatile.Read(ref _terminating) != 0;

    /// <summary>Adds reference settings below all others. For providers, in their constructors.</summary>
    public void InjectTopLevelFallback(Config config) => Config = Config.WithFallback(config);

    public void Start()
    {
        try
        {
            _log = Logging.GetLogger(this, "ActorSystem(" + Name + ")");
            _serialization = new Serialization.Serialization(this);
            LocalProvider.TerminationTask.ContinueWith(
                _ => Finish(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            LocalProvider.Init();
            EventStream.StartLoggers(this);
            DeadLetterListener.Start(this);
            CoordinatedShutdown.Get(this);
        }
        catch
        {
            AbandonStart();
            throw;
        }
    }

    public override IActorRef ActorOf(Props props, string name = null) => LocalProvider.Guardian.Cell.MakeChild(props, name, systemService: false);

    public override IActorRef SystemActorOf(Props props, string name = null) =>
        LocalProvider.SystemGuardian.Cell.MakeChild(props, name, systemService: true);

    public override IActorRef SystemActorOf<TActor>(string name = null) => SystemActorOf(Props.Create<TActor>(), name);

    public override ActorSelection ActorSelection(ActorPath actorPath) =>
        new(LocalProvider.RootGuardianAt(actorPath.Address), [.. actorPath.Elements]);

    public override ActorSelection ActorSelection(string actorPath) =>
        Akka.Actor.ActorSelection.For(actorPath, LocalProvider, LookupRoot);

    public override void Stop(IActorRef actor)
    {
        // A child of a guardian is stopped by it, so that it knows whom to wait for.
        if (actor is LocalActorRef { Parent: LocalActorRef parent } && (ReferenceEquals(parent, LocalProvider.Guardian) || ReferenceEquals(parent, LocalProvider.SystemGuardian)))
            parent.Cell.Children.MarkStopping(actor);
        ((IInternalActorRef)actor).Stop();
    }

    public override Task Terminate()
    {
        if (Settings.RunByActorSystemTerminate)
            CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else
            FinalTerminate();
        return WhenTerminated;
    }

    public override void Abort() => FinalTerminate();

    /// <summary>The end itself, after whatever was to come before.</summary>
    public Task FinalTerminate()
    {
        if (Interlocked.Exchange(ref _terminating, 1) == 0)
        {
            Log.Debug("System shutdown initiated");
            LocalProvider.Guardian.Stop();
        }
        return WhenTerminated;
    }

    public override void RegisterOnTermination(Action code)
    {
        if (WhenTerminated.IsCompleted)
            throw new InvalidOperationException("The ActorSystem has terminated already.");
        _onTermination.Push(code);
    }

    public override object RegisterExtension(IExtensionId extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        // Lazy: made once, also when two threads ask at the same time; an extension that failed to start fails for all.
        return _extensions.GetOrAdd(extension.ExtensionType, _ => new Lazy<object>(() => extension.CreateExtension(this))).Value;
    }

    public override object GetExtension(IExtensionId extensionId) => RegisterExtension(extensionId);

    public override T GetExtension<T>() => TryGetExtension<T>(out var extension) ? extension : null;

    public override bool HasExtension(Type type) => type is not null && typeof(IExtension).IsAssignableFrom(type) && _extensions.ContainsKey(type);

    public override bool HasExtension<T>() => HasExtension(typeof(T));

    public override bool TryGetExtension(Type extensionType, out object extension)
    {
        extension = _extensions.TryGetValue(extensionType, out var lazy) ? lazy.Value : null;
        return extension is not null;
    }

    public override bool TryGetExtension<T>(out T extension)
    {
        TryGetExtension(typeof(T), out var found);
        extension = found as T;
        return extension is not null;
    }

    public override string PrintTree()
    {
        var text = new StringBuilder();
        Print(LocalProvider.Root, 0);
        return text.ToString();

        void Print(LocalActorRef actor, int depth)
        {
            var mailbox = actor.Cell.Mailbox;
            text.Append(' ', depth * 2).Append(depth == 0 ? "/" : actor.Path.Name).Append(' ')
                .Append(actor.Cell.Actor?.GetType().Name ?? "(no instance)").Append(' ')
                .Append(mailbox.NumberOfMessages).AppendLine(" messages");
            foreach (var child in actor.Cell.Children.Refs().OfType<LocalActorRef>())
                Print(child, depth + 1);
        }
    }

    public override string ToString() => LocalProvider.LocalAddress.ToString();

    /// <summary>The props of the two guardians below the root.</summary>
    internal (Props System, Props User) GuardianProps(LocalActorRefProvider provider) => (
        Props.From(() => new SystemGuardianActor(provider)),
        Props.From(() => new UserGuardianActor(Settings.GuardianStrategy)));

    private Config Bootstrapped(Option<BootstrapSetup> bootstrap) =>
        bootstrap.FlatSelect(value => value.Config).GetOrElse(ConfigurationFactory.Empty)
            .WithFallback(bootstrap.FlatSelect(value => value.ConfigFallback).GetOrElse(ConfigurationFactory.Empty));

    private void AbandonStart()
    {
        if (LocalProvider.Guardian is not null)
            FinalTerminate();
        else
            Finish();
    }

    private void Finish()
    {
        while (_onTermination.TryPop(out var action))
        {
            try
            {
                action();
            }
            catch (Exception failure)
            {
                Log.Error(failure, "An action registered for the system's termination failed");
            }
        }
        Dispatchers.Shutdown();
        TimerThread.Stop();
        EventStream.StopStdoutLogger();
        _terminated.TrySetResult();
    }
}

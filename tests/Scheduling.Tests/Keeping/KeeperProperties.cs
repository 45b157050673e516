using FsCheck;
using FsCheck.Fluent;

namespace ActorCompute.Scheduling.Tests.Keeping;

/// <summary>The keeper under random events, sensible or not.</summary>
public sealed class KeeperProperties
{
    private static readonly Config Thorough = PropertyRuns.Of(300).WithEndSize(60);

    private static readonly Gen<KeeperEvent> Events = Gen.Frequency(
        (6, Gen.Constant<KeeperEvent>(new KeeperEvent.Started(default))),
        (2, Gen.Constant<KeeperEvent>(new KeeperEvent.StartFailed("missing"))),
        (6, from plan in Gen.Elements(Enum.GetValues<PlannedEnd>())
            from status in Gen.Choose(0, 2)
            from hasServed in Gen.Elements(true, true, true, false)
            select (KeeperEvent)new KeeperEvent.Ended(new(plan, status, "ended", hasServed), default)),
        (6, Gen.Constant<KeeperEvent>(new KeeperEvent.PauseOver())),
        (1, Gen.Constant<KeeperEvent>(new KeeperEvent.StopRequested(InOrder: true, TimeSpan.FromSeconds(1)))));

    private static readonly Arbitrary<KeeperEvent[]> Sequences = Arb.Array(Arb.From(Events, _ => []));

    private static readonly Gen<KeeperOptions> Options =
        from refusal in Gen.Elements(true, false)
        from success in Gen.Elements(true, false)
        select new KeeperOptions { LaterRefusalIsFinal = refusal, SuccessIsFinal = success };

    /// <summary>One child at a time, incarnations rise by one, nothing starts after a stop or the end, and the keeper never waits for nothing.</summary>
    [Fact]
    public void AnySequence_OneChildAtATimeAndNoneAfterTheEnd() =>
        Prop.ForAll(Arb.From(Options), Sequences, (options, events) =>
        {
            var world = new World(options);
            world.Take(new KeeperEvent.Wanted());
            foreach (var happened in events)
            {
                if (world.MayHappen(happened)) world.Take(happened);
            }

            Assert.True(world.HasSomethingToCome, "the keeper waits for nothing");
        }).Check(Thorough);

    /// <summary>Whatever happened before: once told to stop it comes to its end with what is under way.</summary>
    [Fact]
    public void AnySequence_ThenToldToStop_ComesToAnEnd() =>
        Prop.ForAll(Arb.From(Options), Sequences, (options, events) =>
        {
            var world = new World(options);
            foreach (var happened in events.Prepend(new KeeperEvent.Wanted()))
            {
                if (world.MayHappen(happened)) world.Take(happened);
            }

            if (!world.IsFinished) world.Take(new KeeperEvent.StopRequested(InOrder: false, TimeSpan.FromSeconds(1)));
            if (world.IsStarting) world.Take(new KeeperEvent.Started(default));
            if (world.IsRunning) world.Take(new KeeperEvent.Ended(new(PlannedEnd.None, 9, "ended"), default));
            Assert.True(world.IsFinished);
        }).Check(Thorough.Times(100));

    /// <summary>Events that cannot happen are taken for late ones: they do not make two children of one.</summary>
    [Fact]
    public void AnySequence_ImpossibleEventsToo_StartsFollowOnEachOther() =>
        Prop.ForAll(Sequences, events =>
        {
            var core = new KeeperCore(new());
            var starts = events.Prepend(new KeeperEvent.Wanted()).SelectMany(core.Handle).OfType<KeeperInstruction.Start>().Select(start => start.Incarnation).ToList();
            Assert.All(starts.Zip(starts.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 1));
        }).Check(Thorough.Times(100));

    /// <summary>What a driver has under way.</summary>
    private sealed class World(KeeperOptions options)
    {
        private readonly KeeperCore _core = new(options);
        private bool _begun;
        private bool _told;
        private bool _pauses;
        private long _ran;
        private long _starting;

        public bool IsStarting => _starting != 0;

        public bool IsRunning { get; private set; }

        public bool IsFinished { get; private set; }

        public bool HasSomethingToCome => IsStarting || IsRunning || _pauses || IsFinished;

        public bool MayHappen(KeeperEvent happened) => happened switch
        {
            KeeperEvent.Wanted => !_begun,
            KeeperEvent.Started or KeeperEvent.StartFailed => IsStarting,
            KeeperEvent.Ended => IsRunning,
            KeeperEvent.PauseOver => _pauses,
            _ => true,
        };

        public void Take(KeeperEvent happened)
        {
            var wasTold = _told;
            switch (happened)
            {
                case KeeperEvent.Wanted: _begun = true; break;
                case KeeperEvent.Started:
                    Assert.Equal(_ran + 1, _starting);
                    (_ran, _starting, IsRunning) = (_starting, 0, true);
                    break;
                case KeeperEvent.StartFailed: _starting = 0; break;
                case KeeperEvent.Ended: IsRunning = false; break;
                case KeeperEvent.PauseOver: _pauses = false; break;
                default: _told = true; break;
            }

            foreach (var instruction in _core.Handle(happened))
            {
                Assert.False(IsFinished, $"{instruction} after the end");
                switch (instruction)
                {
                    case KeeperInstruction.Start start:
                        Assert.False(IsRunning || IsStarting || _pauses || _told, $"{instruction} beside another, or after the stop");
                        Assert.Equal(start.Incarnation == 1, start.PreviousEnd is null);
                        _starting = start.Incarnation;
                        break;
                    case KeeperInstruction.Pause: _pauses = true; break;
                    case KeeperInstruction.Stop: Assert.True(IsRunning); break;
                    case KeeperInstruction.TellEnd or KeeperInstruction.TellRestart: Assert.False(wasTold, "an end that was asked for is no news"); break;
                    case KeeperInstruction.Finish:
                        Assert.False(IsRunning || IsStarting, "finished while a child runs");
                        (IsFinished, _pauses) = (true, false);
                        break;
                    default: break;
                }
            }
        }
    }
}

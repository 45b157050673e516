using Akka.Actor;
using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>The settings under <c>akka.test</c>.</summary>
public class TestKitSettings : IExtension
{
    public TestKitSettings(Config config)
    {
        DefaultTimeout = config.GetTimeSpan("akka.test.default-timeout", allowInfinite: false);
        SingleExpectDefault = config.GetTimeSpan("akka.test.single-expect-default", allowInfinite: false);
        TestEventFilterLeeway = config.GetTimeSpan("akka.test.filter-leeway", allowInfinite: false);
        TestTimeFactor = config.GetDouble("akka.test.timefactor");
        if (TestTimeFactor <= 0)
            throw new ConfigurationException($"akka.test.timefactor must be positive, it is {TestTimeFactor}.");
    }

    public TimeSpan DefaultTimeout { get; }

    /// <summary>How long a single expectation waits when nothing else is said.</summary>
    public TimeSpan SingleExpectDefault { get; }

    public TimeSpan TestEventFilterLeeway { get; }

    /// <summary>Stretches all time-outs, for slow machines.</summary>
    public double TestTimeFactor { get; }
}

/// <summary>Gets the settings of a system.</summary>
public class TestKitExtension : ExtensionIdProvider<TestKitSettings>
{
    public static TestKitSettings For(ActorSystem system) => new TestKitExtension().Get(system);

    public override TestKitSettings CreateExtension(ExtendedActorSystem system) =>
        new(((Akka.Actor.Internal.ActorSystemImpl)system).Config);
}

namespace ActorCompute.Processes.Tests.Launch;

public sealed class WorkerSettingsTests
{
    private static readonly WorkerSettings Usual = new() { Name = "n" };

    public static TheoryData<WorkerSettings, string> OutOfRange => new()
    {
        { Usual with { Slots = 0 }, "0 slots: a worker has 1 to 1024" },
        { Usual with { Slots = 1025 }, "1 to 1024" },
        { Usual with { IoLimit = 0 }, "1 to 2048" },
        { Usual with { IoLimit = 2049 }, "1 to 2048" },
        { Usual with { Plugins = null! }, "plug-in" },
        { Usual with { Resources = null! }, "Resources.None" },
        { Usual with { MaxTasks = 0 }, "1 or more" },
        { Usual with { MemoryLimit = MemorySize.Least - 1 }, "memory limit of 67108863 bytes: give 67108864 or more" },
        { Usual with { DrainTimeout = TimeSpan.Zero }, "drain time-out" },
        { Usual with { DrainTimeout = TimeSpan.MaxValue }, "longer than" },
        { Usual with { BuiltInOnly = true, Plugins = ["a"] }, "choose one" },
    };

    [Fact]
    public void Check_Defaults_AreInRange() => Usual.Check();

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Check_ValueOutOfRange_IsBadInput(WorkerSettings settings, string what) =>
        Assert.Contains(what, Assert.Throws<InputException>(settings.Check).Message, StringComparison.Ordinal);
}

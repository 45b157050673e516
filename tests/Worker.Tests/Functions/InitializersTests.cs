using System.Reflection;
using ActorCompute.Worker.Functions;

namespace ActorCompute.Worker.Tests.Functions;

public sealed class InitializersTests
{
    private static readonly List<string> Calls = [];
    private static int _failures = 1;

    private readonly Initializers _initializers = new();

    public InitializersTests() => Calls.Clear();

    [Fact]
    public void RunOnce_AgainAndFromSeveralThreads_RunsOncePerMethodAndArgument()
    {
        Parallel.For(0, 20, _ => _initializers.RunOnce(Find(nameof(Plain)), default));
        Parallel.For(0, 20, _ => _initializers.RunOnce(Find(nameof(WithPair)), Encode((3, "x"))));
        _initializers.RunOnce(Find(nameof(WithPair)), Encode((4, "y")));
        Assert.Equal(["plain", "3 x", "4 y"], Calls);
    }

    [Fact]
    public void RunOnce_Throws_SaysWhichAndMayBeTriedAgain()
    {
        var error = Assert.Throws<InputException>(() => _initializers.RunOnce(Find(nameof(FailsOnce)), default));
        Assert.Equal("the initializer InitializersTests.FailsOnce failed: InvalidOperationException: no table", error.Message);
        _initializers.RunOnce(Find(nameof(FailsOnce)), default);
        Assert.Equal(["at last"], Calls);
    }

    internal static void Plain() => Calls.Add("plain");

    // Tuples have fields: these travel too.
    internal static void WithPair((int Number, string Text) pair) => Calls.Add($"{pair.Number} {pair.Text}");

    internal static void FailsOnce()
    {
        if (_failures-- > 0) throw new InvalidOperationException("no table");
        Calls.Add("at last");
    }

    private static byte[] Encode((int, string) pair) => ValueCodec<(int, string)>.Instance.ToBytes(pair);

    private static MethodInfo Find(string name) => typeof(InitializersTests).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
}

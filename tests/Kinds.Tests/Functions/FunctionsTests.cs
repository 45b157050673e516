using System.Buffers;
using System.Text;

namespace ActorCompute.Kinds.Tests.Functions;

public sealed class FunctionsTests
{
    public static TheoryData<string, string, object> Known => new()
    {
        { "fib", "0", 0L },
        { "fib", "25", 75025L },
        { "sum-squares", "3", "14" },
        { "sum-squares", "10000000", "333333383333335000000" },
        { "count", "100000", 100000L },
        { "echo", " a b ", " a b " },
        { "echo", "", "" },
        { "sleep", "0", 0.0 },
        { "sleep", "0.001", 0.001 },
    };

    public static TheoryData<string, string> Refused => new()
    {
        { "fib", "51" },
        { "fib", "-1" },
        { "sum-squares", "-1" },
        { "sum-squares", "10000000000001" },
        { "count", "-1" },
        { "sleep", "-0.5" },
        { "sleep", "86401" },
        { "sleep", "\"NaN\"" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Run_GoodInput_GivesTheResult(string name, string input, object expected)
    {
        var answer = InProcess.Run(Kind(name), ("item", input));
        Assert.Empty(answer.Notes);
        Assert.Equal(expected, Assert.Single(answer.Rows).Values[1]);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Run_BadInput_SaysWhatToGive(string name, string input)
    {
        var answer = InProcess.Run(Kind(name), ("item", input));
        Assert.Empty(answer.Rows);
        Assert.Contains("give 0", Assert.Single(answer.Notes).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fib", "x")]
    [InlineData("fib", "3000000000")]
    [InlineData("count", "1.5")]
    [InlineData("sleep", "long")]
    public void Prepare_NoSuchInput_IsRefusedBeforeAnythingRuns(string name, string input) =>
        Assert.Throws<InputException>(() => InProcess.Prepare(Kind(name), ("item", input)).Plan(default));

    [Fact]
    public async Task Sleep_Cancelled_EndsAtOnce()
    {
        using var work = (IOpenedIoWork)Kind("sleep").Open(InProcess.Prepare(Kind("sleep"), ("item", "80000")).Parameters);
        using var cancellation = new CancellationTokenSource();
        var sleeping = work.ExecuteAsync("80000"u8.ToArray(), new ArrayBufferWriter<byte>(), new(0, 1, cancellation.Token)).AsTask();
        Assert.False(sleeping.IsCompleted);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleeping);
    }

    [Theory]
    [InlineData("how", "gently")]
    [InlineData("code", "256")]
    [InlineData("code", "-1")]
    [InlineData("attempts", "many")]
    public void Crash_WrongParameter_IsRefusedBeforeAnythingRuns(string name, string value) =>
        Assert.StartsWith($"{name}={value}: give ", Assert.Throws<InputException>(() => InProcess.Prepare(BuiltInKinds.Crash, ("item", "x"), (name, value))).Message, StringComparison.Ordinal);

    [Fact]
    public void Crash_MoreAttemptsThanItShallCrash_GivesItsInputBack()
    {
        IJobKind kind = BuiltInKinds.Crash;
        using var work = (IOpenedCpuWork)kind.Open(InProcess.Prepare(kind, ("item", "x"), ("attempts", "2"), ("how", "kill")).Parameters);
        var result = new ArrayBufferWriter<byte>();
        work.Execute("\"x\""u8, result, new(0, 3, default));
        Assert.Equal("\"x\"", Encoding.UTF8.GetString(result.WrittenSpan));
    }

    private static IJobKind Kind(string name) => BuiltInKinds.All.Single(kind => kind.Name == name);
}

using System.Buffers;
using System.Reflection;
using System.Text;
using ActorCompute.Worker.Functions;

namespace ActorCompute.Worker.Tests.Functions;

/// <summary>Every shape of method that a program may call.</summary>
public sealed class FunctionInvokerTests
{
    [Theory]
    [InlineData(nameof(None), "false", "42")]
    [InlineData(nameof(One), "20", "40")]
    [InlineData(nameof(Two), """{"Item1":20,"Item2":"x"}""", "\"20x\"")]
    [InlineData(nameof(Three), """{"Item1":1,"Item2":2,"Item3":3}""", "6")]
    [InlineData(nameof(Four), """{"Item1":1,"Item2":2,"Item3":3,"Item4":4}""", "10")]
    [InlineData(nameof(OneAndToken), "20", "20")]
    [InlineData(nameof(TwoAndToken), """{"Item1":20,"Item2":1}""", "21")]
    [InlineData(nameof(TokenAlone), "false", "7")]
    public void Create_MethodThatComputes_IsCalled(string method, string input, string result) => Assert.Equal(result, Compute(Find(method), input));

    [Theory]
    [InlineData(nameof(OneAsync), "20", "40")]
    [InlineData(nameof(OneValueAsync), "20", "60")]
    [InlineData(nameof(OneAndTokenAsync), "20", "20")]
    [InlineData(nameof(TwoAsync), """{"Item1":20,"Item2":1}""", "21")]
    [InlineData(nameof(NoneAsync), "false", "42")]
    public async Task Create_MethodThatWaits_IsAwaited(string method, string input, string result)
    {
        using var work = Assert.IsType<IOpenedIoWork>(FunctionInvoker.Create(Find(method)), exactMatch: false);
        var buffer = new ArrayBufferWriter<byte>();
        await work.ExecuteAsync(Encoding.UTF8.GetBytes(input), buffer, new(0, 1, default));
        Assert.Equal(result, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Fact]
    public void Create_LambdaThatCapturesNothing_IsCalledOnTheCompilersOwnInstance()
    {
        var lambda = (long x) => x + 1;
        Assert.Equal("4", Compute(lambda.Method, "3"));
    }

    [Fact]
    public void Create_Token_IsTheTasksOwn()
    {
        using var work = (IOpenedCpuWork)FunctionInvoker.Create(Find(nameof(IsCancelled)));
        var buffer = new ArrayBufferWriter<byte>();
        work.Execute("1"u8, buffer, new(0, 1, new(canceled: true)));
        Assert.Equal("true", Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Theory]
    [InlineData(nameof(Throws), "1")]
    [InlineData(nameof(ThrowsOfTwo), """{"Item1":1,"Item2":2}""")]
    public void Create_MethodThrows_ItsOwnExceptionComes(string method, string input) =>
        Assert.Equal("no 1", Assert.Throws<InvalidOperationException>(() => Compute(Find(method), input)).Message);

    [Fact]
    public void Create_FiveArguments_SaysWhatToDo() =>
        Assert.Contains("at most 4 travel", Assert.Throws<InputException>(() => FunctionInvoker.Create(Find(nameof(Five)))).Message, StringComparison.Ordinal);

    public static int None() => 42;

    public static long One(long x) => 2 * x;

    public static string Two(int x, string y) => x + y;

    public static int Three(int a, int b, int c) => a + b + c;

    public static int Four(int a, int b, int c, int d) => a + b + c + d;

    public static int Five(int a, int b, int c, int d, int e) => a + b + c + d + e;

    public static long OneAndToken(long x, CancellationToken token) => token.IsCancellationRequested ? -1 : x;

    public static long TwoAndToken(long x, long y, CancellationToken token) => token.IsCancellationRequested ? -1 : x + y;

    public static long TokenAlone(CancellationToken token) => token.IsCancellationRequested ? -1 : 7;

    public static bool IsCancelled(long x, CancellationToken token) => x > 0 && token.IsCancellationRequested;

    public static async Task<int> NoneAsync()
    {
        await Task.Yield();
        return 42;
    }

    public static async Task<long> OneAsync(long x)
    {
        await Task.Yield();
        return 2 * x;
    }

    public static async ValueTask<long> OneValueAsync(long x)
    {
        await Task.Yield();
        return 3 * x;
    }

    public static Task<long> OneAndTokenAsync(long x, CancellationToken token) => Task.FromResult(token.IsCancellationRequested ? -1 : x);

    public static Task<long> TwoAsync(long x, long y) => Task.FromResult(x + y);

    public static long Throws(long x) => throw new InvalidOperationException($"no {x}");

    public static long ThrowsOfTwo(long x, long y) => throw new InvalidOperationException($"no {x * y / 2}");

    private static MethodInfo Find(string name) => typeof(FunctionInvokerTests).GetMethod(name)!;

    private static string Compute(MethodInfo method, string input)
    {
        using var work = Assert.IsType<IOpenedCpuWork>(FunctionInvoker.Create(method), exactMatch: false);
        var buffer = new ArrayBufferWriter<byte>();
        work.Execute(Encoding.UTF8.GetBytes(input), buffer, new(0, 1, default));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

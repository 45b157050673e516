using System.Reflection;
using ActorCompute.Client.Functions;

namespace ActorCompute.Client.Tests.Functions;

/// <summary>Which functions can be called in another process, and what is said of the others.</summary>
public sealed class StaticFunctionTests
{
    private readonly long _field = 3;

    private delegate long ByReference(ref long number);

    private delegate long BySpan(Span<long> numbers);

    [Fact]
    public void Describe_StaticMethod_NamesAssemblyBuildAndMethod()
    {
        var reference = StaticFunction.Describe(Twice);

        var module = typeof(StaticFunctionTests).Module;
        Assert.Equal(("ActorCompute.Client.Tests", typeof(StaticFunctionTests).Assembly.Location), (reference.Assembly, reference.Path));
        Assert.Equal(module.ModuleVersionId, new Guid(reference.Module.Span));
        Assert.Equal("Twice", module.ResolveMethod(reference.Method)!.Name);
        Assert.EndsWith("StaticFunctionTests.Twice", reference.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_LambdaThatCapturesNothing_IsTaken() =>
        Assert.Equal(typeof(StaticFunctionTests).Module.ModuleVersionId, new Guid(StaticFunction.Describe((long x) => x + 1).Module.Span));

    [Fact]
    public void Describe_LambdaThatCaptures_NamesWhat()
    {
        var factor = _field;
        AssertRefused((long x) => x * factor, "the lambda cannot be called on a worker: it captures 'factor', which exists in this process only; make it a static method, and give it what it needs as its argument.");
    }

    [Fact]
    public void Describe_LambdaThatCapturesItsObject_SaysSo() => AssertRefused((long x) => x * _field, "is an instance method of StaticFunctionTests");

    [Fact]
    public void Describe_InstanceMethod_NamesTheType() => AssertRefused(Times, "StaticFunctionTests.Times cannot be called on a worker: it is an instance method of StaticFunctionTests");

    [Fact]
    public void Describe_GenericMethod_IsRefused() => AssertRefused(Same<long>, "it is generic; wrap it in a static method without type parameters.");

    [Fact]
    public void Describe_MethodOfAGenericType_IsRefused() => AssertRefused(Box<long>.Open, "it is generic");

    [Fact]
    public void Describe_ReferenceParameters_AreRefusedByName()
    {
        AssertRefused((ByReference)Increment, "its parameter number is a reference; pass values.");
        AssertRefused((BySpan)First, "its parameter numbers is a reference; pass values.");
    }

    [Fact]
    public void Describe_SeveralMethods_IsRefused() => AssertRefused((Func<long, long>)Twice + Twice, "it stands for several methods");

    [Fact]
    public void Describe_AssemblyWithoutAFile_IsRefused()
    {
        var assembly = Assembly.Load(File.ReadAllBytes(typeof(StaticFunctionTests).Assembly.Location));
        var method = assembly.GetType(typeof(StaticFunctionTests).FullName!)!.GetMethod(nameof(Twice))!;
        Assert.Contains("its assembly is no file", Assert.Throws<ArgumentException>(() => StaticFunction.Describe(method)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_SameLambdaWithAndWithoutCapture_IsLookedAtEachTime()
    {
        var calls = new RemoteCalls(null);
        Assert.Same(calls.Get<long, long>((Func<long, long>)Twice), calls.Get<long, long>((Func<long, long>)Twice));
        Assert.Throws<ArgumentException>(() => calls.Get<long, long>((Func<long, long>)Times));
    }

    [Fact]
    public void NameOf_MethodLocalFunctionLambda_AsAPersonCallsThem()
    {
        Assert.Equal("StaticFunctionTests.Twice", StaticFunction.NameOf(((Func<long, long>)Twice).Method));
        Assert.Equal("Thrice", StaticFunction.NameOf(((Func<long, long>)Thrice).Method));
        Assert.Equal("the lambda", StaticFunction.NameOf(((Func<long, long>)(x => x)).Method));
        Assert.Equal("Math.Sqrt", StaticFunction.NameOf(((Func<double, double>)Math.Sqrt).Method));

        static long Thrice(long x) => 3 * x;
    }

    [Fact]
    public void Describe_MethodOfTheFramework_IsTaken() => Assert.Equal("System.Private.CoreLib", StaticFunction.Describe(Math.Sqrt).Assembly);

    [Fact]
    public void Get_ArgumentOrResultThatWouldNotArrive_IsRefusedWithTheFunctionsName()
    {
        var calls = new RemoteCalls(null);
        Assert.StartsWith("StaticFunctionTests.Show cannot be called on a worker, its argument cannot travel: object would arrive as plain JSON", Refusal(() => calls.Get<object, string>((Func<object, string>)Show)), StringComparison.Ordinal);
        Assert.StartsWith("StaticFunctionTests.Open cannot be called on a worker, its result cannot travel: Stream stands for something in this process", Refusal(() => calls.Get<string, Stream>((Func<string, Stream>)Open)), StringComparison.Ordinal);

        static string Refusal(Action get) => Assert.Throws<ArgumentException>(get).Message;
    }

    public static long Twice(long x) => 2 * x;

    private static string Show(object value) => $"{value}";

    private static Stream Open(string path) => File.OpenRead(path);

    private static T Same<T>(T value) => value;

    private static long Increment(ref long number) => ++number;

    private static long First(Span<long> numbers) => numbers[0];

    private static void AssertRefused(Delegate function, string text) =>
        Assert.Contains(text, Assert.Throws<ArgumentException>(() => StaticFunction.Describe(function)).Message, StringComparison.Ordinal);

    private long Times(long x) => x * _field;

    private static class Box<T>
    {
        public static T Open(T value) => value;
    }
}

using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorCompute.EndToEnd.Executor;

/// <summary>Functions that are not simply a static method of the program, and values that are not simply numbers.</summary>
[Collection(Lane.Clusters)]
public sealed class FunctionShapeTests(ProcessEnvironment environment) : IDisposable
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;

    private readonly TestFolder _folder = new();

    [Fact]
    public async Task Submit_MethodsOfTheFramework_AreCalled()
    {
        var cluster = await environment.LocalAsync();
        Assert.Equal(Math.Sqrt(2), await cluster.Submit(Math.Sqrt, 2.0).ResultAsync(Bound));
        Assert.Equal(12, await cluster.Submit(int.Parse, "12").ResultAsync(Bound));
        Assert.Equal(8, await cluster.Submit(Math.Pow, 2.0, 3.0).ResultAsync(Bound));
        await File.WriteAllTextAsync(_folder.PathOf("text"), "words");
        Assert.Equal("words", await cluster.Submit(File.ReadAllText, _folder.PathOf("text")).ResultAsync(Bound));
        Assert.Equal("words", await cluster.Submit(File.ReadAllTextAsync, _folder.PathOf("text"), CancellationToken.None).ResultAsync(Bound));
        Assert.Equal(new BigInteger(6), await cluster.Submit(BigInteger.GreatestCommonDivisor, new BigInteger(54), new BigInteger(24)).ResultAsync(Bound));
    }

    [Fact]
    public async Task Submit_MethodOfTheFrameworkOnAStandingWorker_IsRefusedWithWhatToDo()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 1, workerArguments: ["--plugins", AppContext.BaseDirectory]);
        await using var client = await ComputeCluster.ConnectAsync(cluster.Address, new() { Secret = TestCluster.Secret, Timeout = Bound });
        var error = Assert.IsType<ClusterUnavailableException>(await client.Submit(File.ReadAllText, "/etc/hostname").ExceptionAsync(Bound));
        Assert.Contains("are called by a worker only for the program that started it; call them from a method of your own", error.Message, StringComparison.Ordinal);
        // Its own functions may.
        Assert.Equal(9, await client.Submit(Functions.Square, 3L).ResultAsync(Bound));
    }

    [Fact]
    public async Task SubmitAndMap_AsyncLambdas_CompileAndRun()
    {
        var cluster = await environment.LocalAsync();
        Assert.Equal(6, await cluster.Submit(async (long x) => { await Task.Yield(); return 2 * x; }, 3L).ResultAsync(Bound));
        Assert.Equal(7, await cluster.Submit(async () => { await Task.Yield(); return 7; }).ResultAsync(Bound));
        Assert.Equal(12, await cluster.Submit(async (int a, int b) => { await Task.Yield(); return a * b; }, 3, 4).ResultAsync(Bound));
        Assert.False(await cluster.Submit(async (long x, CancellationToken token) => { await Task.Yield(); return token.IsCancellationRequested || x == 0; }, 3L, CancellationToken.None).ResultAsync(Bound));
        Assert.Equal([2L, 4], await All(cluster.Map(async x => { await Task.Yield(); return 2 * x; }, [1L, 2])));
        Assert.Equal([2L, 4], (await All(cluster.Map(async x => { await Task.Yield(); return 2 * x; }, [1L, 2]).WithOutcomes())).Select(outcome => outcome.Result));
    }

    [Fact]
    public async Task SubmitAndMap_MethodsOfValueTask_AreAwaited()
    {
        var cluster = await environment.LocalAsync();
        Assert.Equal(9, await cluster.Submit(Functions.SquareValueAsync, 3L).ResultAsync(Bound));
        Assert.Equal([1L, 4], await All(cluster.Map(Functions.SquareValueAsync, [1L, 2])));
        Assert.Equal([1L, 4], (await All(cluster.Map(Functions.SquareValueAsync, [1L, 2]).Unordered().WithOutcomes())).Select(outcome => outcome.Result).Order());
    }

    [Fact]
    public async Task Submit_ValuesThatJsonWouldChange_ComeBack()
    {
        var cluster = await environment.LocalAsync();
        Assert.Equal(BigInteger.Pow(3, 400), await cluster.Submit((BigInteger number) => number * number, BigInteger.Pow(3, 200)).ResultAsync(Bound));
        Assert.Equal([3, 2, 1], await cluster.Submit((Stack<int> stack) => stack, new Stack<int>([1, 2, 3])).ResultAsync(Bound));
        Assert.True(await cluster.Submit((Dictionary<string, int> map) => map.ContainsKey("ONE"), new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["one"] = 1 }).ResultAsync(Bound));
        Assert.Equal("\ud83d|", await cluster.Submit((string text) => text + "|", "\ud83d").ResultAsync(Bound));
    }

    [Fact]
    public async Task SubmitAndMap_ValuesThatWouldNotArrive_AreRefusedHere()
    {
        var cluster = await environment.LocalAsync();
        var type = Assert.Throws<ArgumentException>(() => cluster.Submit(Look, new Box()));
        Assert.Equal("FunctionShapeTests.Look cannot be called on a worker, its argument cannot travel: object (Box.Content) would arrive as plain JSON, its type lost; declare the type that it has, or a base type marked [JsonPolymorphic].", type.Message);
        Assert.Contains("FunctionShapeTests.Make cannot be called on a worker, its result cannot travel", Assert.Throws<ArgumentException>(() => cluster.Map(Make, [1])).Message, StringComparison.Ordinal);
        var value = Assert.Throws<ArgumentException>(() => cluster.Submit(Count, new List<Animal> { new(), new Dog() }));
        Assert.Contains("List<Animal>: a Dog stands where Animal is declared, and what only Dog has would be lost", value.Message, StringComparison.Ordinal);
        Assert.Contains("a Dog stands where Animal is declared", (await Assert.ThrowsAsync<InputException>(() => All(cluster.Map(Count, new List<Animal>[] { [new()], [new Dog()] })))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_ResultThatIsMoreThanItsType_FailsOnceAndSaysSo()
    {
        var cluster = await environment.LocalAsync();
        var error = Assert.IsType<RemoteTaskException>(await cluster.Submit(Breed, 1).ExceptionAsync(Bound));
        Assert.Contains("a Dog stands where Animal is declared", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubmitAndMap_ResultThatCannotBeRead_NamesTheFunction()
    {
        var cluster = await environment.LocalAsync();
        var error = Assert.IsType<FormatException>(await cluster.Submit(WriteOnly, 1).ExceptionAsync(Bound));
        Assert.StartsWith("the result of FunctionShapeTests.WriteOnly cannot be read: ", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<FormatException>(() => All(cluster.Map(WriteOnly, [1, 2])));
        Assert.StartsWith("the result of FunctionShapeTests.WriteOnly cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static int Look(Box box) => box.Content is null ? 0 : 1;

    private static Box Make(int number) => new() { Content = number };

    private static int Count(List<Animal> animals) => animals.Count;

    private static Animal Breed(int number) => number > 0 ? new Dog() : new Animal();

    private static Sealed WriteOnly(int number) => new(number);

    private static async Task<List<T>> All<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items) list.Add(item);
        return list;
    }

    private sealed class Box
    {
        public object? Content { get; init; }
    }

    private class Animal
    {
        public string Name { get; init; } = "";
    }

    private sealed class Dog : Animal;

    [JsonConverter(typeof(WriteOnlyCodec))]
    private sealed record Sealed(int Number);

    private sealed class WriteOnlyCodec : JsonConverter<Sealed>
    {
        public override Sealed Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new JsonException("sealed for good.");

        public override void Write(Utf8JsonWriter writer, Sealed value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Number);
    }
}

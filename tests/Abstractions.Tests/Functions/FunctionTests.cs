using System.Buffers;
using System.Text;

namespace ActorCompute.Abstractions.Tests.Functions;

/// <summary>Functions written as a user would: where their inputs come from, and what is said of wrong ones.</summary>
public sealed class FunctionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorcompute-functions-");
    private readonly IJobKind _kind = new Power();

    [Fact]
    public void Prepare_ResultThatWouldNotArrive_IsRefusedBeforeAnythingRuns()
    {
        var error = Assert.Throws<InputException>(() => ((IJobKind)new Loose()).Prepare(new ParameterValues().Add("item", "1")));
        Assert.StartsWith("loose cannot be called on a worker, its result cannot travel: object (Loose.Extra) would arrive as plain JSON", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ItemsRangesAndFiles_InThisOrderWithTheirCount()
    {
        var plan = Prepare(("item", "7"), ("item", "8"), ("range", "1..3"), ("input", Write("10", "", "  11 "))).Plan(default);
        Assert.Equal(7, plan.Count);
        Assert.Equal(["7", "8", "1", "2", "3", "10", "11"], plan.Tasks.Select(task => Encoding.UTF8.GetString(task.Span)));
    }

    [Fact]
    public void Plan_BadLine_IsNamedWithFileAndNumberBeforeAnythingRuns()
    {
        var file = Write("1", "", "zwei", "3");
        var error = Assert.Throws<InputException>(() => Prepare(("input", file)).Plan(default));
        Assert.Equal($"{file}, line 3: 'zwei' is not a whole number from -2^63 to 2^63-1.", error.Message);
    }

    /// <summary>A second look at it finds nothing.</summary>
    [Fact]
    public async Task Plan_PipeAsInput_IsReadOnceWithoutACount()
    {
        if (OperatingSystem.IsWindows()) return;
        var fifo = Path.Combine(_folder.FullName, "fifo");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [fifo])) await make.WaitForExitAsync();
        var plan = Prepare(("input", fifo)).Plan(default);
        Assert.Null(plan.Count);
        Assert.Empty(plan.Inputs);
        var writer = Task.Run(() => File.WriteAllText(fifo, "1\n2\n3\n"));
        Assert.Equal(["1", "2", "3"], plan.Tasks.Select(task => Encoding.UTF8.GetString(task.Span)));
        await writer;
    }

    [Fact]
    public void Plan_LineWithoutEnd_IsNamedBeforeItFillsTheMemory()
    {
        if (OperatingSystem.IsWindows()) return;
        var error = Assert.Throws<InputException>(() => Prepare(("input", "/dev/zero")).Plan(default).Tasks.Count());
        Assert.Equal("/dev/zero, line 1: it has more than 1048576 characters; is it a text file?", error.Message);
    }

    [Fact]
    public void Plan_LinesWithAnyEnd_AreEachAnInput()
    {
        var file = Path.Combine(_folder.FullName, "ends.txt");
        File.WriteAllText(file, "1\r2\r\n3\n\n4");
        Assert.Equal(["1", "2", "3", "4"], Prepare(("input", file)).Plan(default).Tasks.Select(task => Encoding.UTF8.GetString(task.Span)));
    }

    [Fact]
    public void Tasks_FileChangedSinceThePlan_FewerIsAnErrorAndMoreIsLeftOut()
    {
        var file = Write("1", "2", "3");
        var (shorter, longer) = (Prepare(("input", file)).Plan(default), Prepare(("input", file)).Plan(default));
        File.AppendAllText(file, "4\n");
        Assert.Equal(3, longer.Tasks.Count());
        File.WriteAllText(file, "1\n");
        Assert.Contains("had 3 inputs", Assert.Throws<InputException>(() => shorter.Tasks.Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_FileMissingOrEmpty_IsNamed()
    {
        Assert.Contains("nowhere.txt: no such file", Refused(("input", Path.Combine(_folder.FullName, "nowhere.txt"))), StringComparison.Ordinal);
        Assert.Contains("there is no input in it", Refused(("input", Write(""))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("item", "x", "'x' is not a whole number")]
    [InlineData("item", "null", "not a whole number")]
    [InlineData("range", "1-5", "is no range")]
    public void Prepare_WrongInput_IsRefused(string name, string value, string part) => Assert.Contains(part, Refused((name, value)), StringComparison.Ordinal);

    [Fact]
    public void Prepare_NoInputAtAll_SaysHowToGiveOne() => Assert.Contains("give --item X, --input FILE or --range A..B", Refused(), StringComparison.Ordinal);

    [Fact]
    public void Prepare_StandardInputTwice_IsRefused() => Assert.Contains("only once", Refused(("input", "-"), ("input", "-")), StringComparison.Ordinal);

    [Fact]
    public void Prepare_OwnParameterMissingOrUnknown_IsNamed()
    {
        Assert.Contains("the parameter exponent is missing", Assert.Throws<InputException>(() => _kind.Prepare(new ParameterValues().Add("item", "3"))).Message, StringComparison.Ordinal);
        Assert.Contains("has no parameter 'exponnent'", Refused(("item", "3"), ("exponnent", "4")), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_RangeForATypeThatCannotHoldIt_IsRefused()
    {
        IJobKind small = new Small();
        Assert.Contains("300 of the range is not a whole number from 0 to 255", Assert.Throws<InputException>(() => small.Prepare(new ParameterValues().Add("range", "1..300")).Plan(default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_HugeRange_IsDrawnLazily() => Assert.Equal(["1", "2"], Prepare(("range", "1..9e18")).Plan(default).Tasks.Take(2).Select(task => Encoding.UTF8.GetString(task.Span)));

    [Fact]
    public void Execute_OwnParameters_ReachTheFunction()
    {
        var job = Prepare(("item", "3"));
        using var work = (IOpenedCpuWork)_kind.Open(job.Parameters);
        var result = new ArrayBufferWriter<byte>();
        work.Execute("3"u8, result, new(0, 1, default));
        Assert.Equal("81", Encoding.UTF8.GetString(result.WrittenSpan));
    }

    [Fact]
    public void Parameters_Encoded_InputsStayWithTheClient()
    {
        var text = Encoding.UTF8.GetString(Prepare(("item", "3"), ("range", "1..5")).Parameters.Span);
        Assert.Contains("exponent", text, StringComparison.Ordinal);
        Assert.DoesNotContain("item", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("range", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void With_FromAProgram_IsTheSameAsPrepared()
    {
        var function = new Power();
        Assert.Equal(Prepare(("item", "3")).Parameters.ToArray(), function.With(("exponent", "4")).EncodeGiven().ToArray());
        Assert.Contains("the parameter exponent is missing", Assert.Throws<InputException>(() => { function.EncodeGiven(); }).Message, StringComparison.Ordinal);
        Assert.Contains("has no parameter 'exponnent'", Assert.Throws<InputException>(() => { function.With(("exponnent", "4")).EncodeGiven(); }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_Here_ComputesWithItsParameters()
    {
        Assert.Equal(81, new Power().With(("exponent", "4")).Invoke(3));
        Assert.Contains("the parameter exponent is missing", Assert.Throws<InputException>(() => { new Power().Invoke(3); }).Message, StringComparison.Ordinal);
        Assert.Equal("a!", await new Echo().Invoke("a"));
    }

    [Fact]
    public void Reduce_ResultsAndFailures_ARowOrANoteEach()
    {
        var reduction = Prepare(("item", "3")).Reduce();
        var sink = new Sink();
        var run = new TaskRun("1", "host", 7, 1, default);
        reduction.Add(new(0, "3"u8.ToArray(), "81"u8.ToArray(), null, run), sink);
        reduction.Add(new(1, "4"u8.ToArray(), default, new(FailureCause.Exception, "T", "too much"), run), sink);
        reduction.Complete(sink);
        Assert.Equal([3L, 81L], Assert.Single(sink.Rows).Values);
        Assert.Equal(Note.OfFailure("4: too much"), Assert.Single(sink.Notes));
        Assert.Equal(["input", "result"], reduction.Schema.Columns.Select(column => column.Name));
    }

    [Fact]
    public async Task ExecuteAsync_IoFunction_AwaitsAndGetsTheToken()
    {
        IJobKind kind = new Echo();
        using var work = (IOpenedIoWork)kind.Open(kind.Prepare(new ParameterValues().Add("item", "as it is")).Parameters);
        var result = new ArrayBufferWriter<byte>();
        await work.ExecuteAsync("\"as it is\""u8.ToArray(), result, new(0, 1, default));
        Assert.Equal("\"as it is!\"", Encoding.UTF8.GetString(result.WrittenSpan));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await work.ExecuteAsync("\"x\""u8.ToArray(), result, new(0, 1, new(canceled: true))));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Job Prepare(params (string Name, string Value)[] values)
    {
        var given = new ParameterValues().Add("exponent", "4");
        foreach (var (name, value) in values) given.Add(name, value);
        return _kind.Prepare(given);
    }

    private string Refused(params (string Name, string Value)[] values) => Assert.Throws<InputException>(() => Prepare(values).Plan(default)).Message;

    private string Write(params string[] lines)
    {
        var path = Path.Combine(_folder.FullName, "inputs.txt");
        File.WriteAllLines(path, lines);
        return path;
    }

    private sealed class Loose : ComputeFunction<long, Codecs.Values.Loose>
    {
        public override string Name => "loose";

        public override string Summary => "Gives what may be anything.";

        protected override Codecs.Values.Loose Compute(long input, TaskContext context) => new() { Extra = input };
    }

    private sealed class Power : ComputeFunction<long, long>
    {
        public override string Name => "power";

        public override string Summary => "x to the power of the exponent.";

        protected override IReadOnlyList<ParameterDescription> OwnParameters => [new("exponent", "a whole number", IsRequired: true)];

        protected override long Compute(long input, TaskContext context) =>
            (long)Math.Pow(input, int.Parse(context.Parameters.Required("exponent"), System.Globalization.CultureInfo.InvariantCulture));
    }

    private sealed class Small : ComputeFunction<byte, byte>
    {
        public override string Name => "small";

        public override string Summary => "";

        protected override byte Compute(byte input, TaskContext context) => input;
    }

    private sealed class Echo : IoFunction<string, string>
    {
        public override string Name => "echo";

        public override string Summary => "";

        protected override async ValueTask<string> RunAsync(string input, TaskContext context)
        {
            await Task.Yield();
            context.Cancellation.ThrowIfCancellationRequested();
            return input + "!";
        }
    }

    private sealed class Sink : IResultSink<ResultRow>
    {
        public List<ResultRow> Rows { get; } = [];

        public List<Note> Notes { get; } = [];

        public void Row(ResultRow row, TaskRun? run) => Rows.Add(row);

        public void Note(Note note) => Notes.Add(note);
    }
}

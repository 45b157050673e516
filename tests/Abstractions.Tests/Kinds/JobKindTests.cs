using System.Buffers;
using System.Text;

namespace ActorCompute.Abstractions.Tests.Kinds;

/// <summary>A kind written as a user would, through the encoded view that client and workers have of it.</summary>
public sealed class JobKindTests
{
    private readonly IJobKind _kind = new LettersKind();

    [Fact]
    public void Prepare_UnknownParameter_NamesTheKnownOnes()
    {
        var error = Assert.Throws<InputException>(() => _kind.Prepare(new ParameterValues().Add("text", "ab").Add("txet", "x")));
        Assert.Equal("letters has no parameter 'txet'; it has text.", error.Message);
    }

    [Fact]
    public void Plan_Tasks_AreEncodedAndDrawnLazily()
    {
        var plan = _kind.Prepare(new ParameterValues().Add("text", "ab!")).Plan(default);

        Assert.Equal(3, plan.Count);
        Assert.Equal("a note", Assert.Single(plan.Notes).Text);
        using var tasks = plan.Tasks.GetEnumerator();
        Assert.True(tasks.MoveNext());
        Assert.Equal("\"a\"", Encoding.UTF8.GetString(tasks.Current.Span));
        Assert.True(tasks.MoveNext());
        Assert.Throws<InputException>(() => tasks.MoveNext());
    }

    [Fact]
    public void OpenExecuteReduce_EveryTask_GivesTheAnswer()
    {
        var job = _kind.Prepare(new ParameterValues().Add("text", "abc"));
        var reduction = job.Reduce();
        var sink = new Sink();
        using (var work = (IOpenedCpuWork)_kind.Open(job.Parameters))
        {
            foreach (var (number, task) in job.Plan(default).Tasks.Index())
            {
                var result = new ArrayBufferWriter<byte>();
                work.Execute(task.Span, result, new(number, 2, default));
                reduction.Add(new(number, task, result.WrittenMemory, null, Run), sink);
            }
        }

        reduction.Add(new(3, "\"z\""u8.ToArray(), default, new(FailureCause.Exception, "T", "broken"), Run), sink);
        reduction.Complete(sink);

        Assert.Equal(["a0.2A", "b1.2B", "c2.2C", "3 letters"], sink.Rows.Select(row => row.Values[0]));
        Assert.Equal("z: broken", Assert.Single(sink.Notes).Text);
        Assert.True(sink.Notes[0].IsIncomplete);
        Assert.True(LettersKind.LastWork!.IsDisposed);
    }

    [Fact]
    public void Open_MalformedParameters_AreRefused() => Assert.Throws<FormatException>(() => _kind.Open("{"u8.ToArray()));

    [Fact]
    public void Execute_MalformedTask_IsRefused()
    {
        using var work = (IOpenedCpuWork)_kind.Open("\"abc\""u8.ToArray());
        Assert.Throws<FormatException>(() => work.Execute("7"u8, new ArrayBufferWriter<byte>(), new(0, 1, default)));
    }

    [Fact]
    public void Add_MalformedResult_IsRefused() =>
        Assert.Throws<FormatException>(() => _kind.Prepare(new ParameterValues().Add("text", "a")).Reduce().Add(new(0, "\"a\""u8.ToArray(), "?"u8.ToArray(), null, Run), new Sink()));

    [Fact]
    public void Prepare_TaskThatWouldNotArrive_IsRefusedWithTypeAndMember()
    {
        var error = Assert.Throws<InputException>(() => ((IJobKind)new LooseKind()).Prepare(new()));
        Assert.Equal("the kind loose cannot run: object (Loose.Extra) would arrive as plain JSON, its type lost; declare the type that it has, or a base type marked [JsonPolymorphic]; or give the kind a codec of its own for it.", error.Message);
    }

    [Fact]
    public void Prepare_KindThatOnlyProgramsRun_RefusesTextsAndTakesItsParameters()
    {
        var kind = new PlainKind();
        Assert.Equal("plain has no parameter 'x'; it has none.", Assert.Throws<InputException>(() => kind.WithTexts(new ParameterValues().Add("x", "1"))).Message);
        Assert.Equal("the kind plain takes its parameters from a program, by With; it reads none from a command line.", Assert.Throws<InputException>(() => kind.WithTexts(ParameterValues.None)).Message);
        Assert.Equal("[1,2]", Encoding.UTF8.GetString(kind.With([1, 2]).Parameters.Span));
    }

    private static TaskRun Run => new("w", "h", 1, 1, TimeSpan.Zero);

    private sealed class LettersKind : JobKind<string, string, string, string>
    {
        public static Work? LastWork { get; private set; }

        public override string Name => "letters";

        public override string Summary => "Letters one by one.";

        public override IReadOnlyList<ParameterDescription> Parameters { get; } = [new("text", "the letters", IsRequired: true)];

        protected override string ReadParameters(ParameterValues values) => values.Required("text");

        protected override JobPlan<string> Plan(string parameters, CancellationToken cancellation) =>
            new(parameters.Select(letter => letter == '!' ? throw new InputException("not a letter") : $"{letter}"), parameters.Length) { Notes = [new("a note")] };

        protected override ITaskWork<string, string> Open(string parameters) => LastWork = new();

        protected override IReduction<string, string, string> Reduce(string parameters) => new Letters();
    }

    private sealed class PlainKind : JobKind<int[], int, int, int>
    {
        public override string Name => "plain";

        public override string Summary => "Never runs.";

        protected override JobPlan<int> Plan(int[] parameters, CancellationToken cancellation) => throw new InvalidOperationException();

        protected override ITaskWork<int, int> Open(int[] parameters) => throw new InvalidOperationException();

        protected override IReduction<int, int, int> Reduce(int[] parameters) => throw new InvalidOperationException();
    }

    private sealed class LooseKind : JobKind<string, Codecs.Values.Loose, string, string>
    {
        public override string Name => "loose";

        public override string Summary => "Never runs.";

        public override IReadOnlyList<ParameterDescription> Parameters => [];

        protected override string ReadParameters(ParameterValues values) => "";

        protected override JobPlan<Codecs.Values.Loose> Plan(string parameters, CancellationToken cancellation) => throw new InvalidOperationException();

        protected override ITaskWork<Codecs.Values.Loose, string> Open(string parameters) => throw new InvalidOperationException();

        protected override IReduction<Codecs.Values.Loose, string, string> Reduce(string parameters) => throw new InvalidOperationException();
    }

    private sealed class Work : ITaskWork<string, string>, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public string Execute(string task, TaskContext context) => $"{context.Number}.{context.Attempt}{task.ToUpperInvariant()}";

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Letters : IReduction<string, string, string>
    {
        private int _count;

        public ResultSchema<string> Schema { get; } = new([new("letter", letter => letter)]);

        public void Add(string task, string result, TaskRun run, IResultSink<string> sink)
        {
            _count++;
            sink.Row(task + result, run);
        }

        public void AddFailure(string task, TaskFailure failure, TaskRun run, IResultSink<string> sink) => sink.Note(Note.OfFailure($"{task}: {failure.Message}"));

        public void Complete(IResultSink<string> sink) => sink.Row($"{_count} letters", null);
    }

    private sealed class Sink : IResultSink<ResultRow>
    {
        public List<ResultRow> Rows { get; } = [];

        public List<Note> Notes { get; } = [];

        public void Row(ResultRow row, TaskRun? run) => Rows.Add(row);

        public void Note(Note note) => Notes.Add(note);
    }
}

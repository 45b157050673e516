using System.Buffers;

namespace ActorCompute.Kinds.Tests;

/// <summary>Runs a job of a splittable kind in this process, with each task and each of its pieces split at places by chance.</summary>
internal sealed class SplitRuns(ISplittableKind kind, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Pieces that ran, of all tasks.</summary>
    public int Pieces { get; private set; }

    /// <summary>The largest share of the tasks that one answer gave back.</summary>
    public int MostGivenBack { get; private set; }

    public InProcess.Answer Run(params IEnumerable<(string Name, string Value)> parameters)
    {
        var job = InProcess.Prepare(kind, parameters);
        var plan = job.Plan(default);
        var reduction = job.Reduce();
        var answer = new InProcess.Answer(reduction.Schema, plan.Count) { Notes = [.. plan.Notes] };
        using var work = (IOpenedSplittableWork)kind.Open(job.Parameters);
        foreach (var (number, task) in plan.Tasks.Index())
        {
            var result = kind.Merge([.. ResultsOf(work, task, number)]);
            reduction.Add(new(number, task, result, null, new("w", "host", 1, 1, TimeSpan.FromSeconds(0.25))), answer);
            answer.Tasks++;
        }

        reduction.Complete(answer);
        return answer;
    }

    /// <summary>The results of a task's pieces, in their order.</summary>
    private List<ReadOnlyMemory<byte>> ResultsOf(IOpenedSplittableWork work, ReadOnlyMemory<byte> task, long number)
    {
        var (asked, at, pieces) = (0, _random.Next(1, 12), _random.Next(2, TaskSplit.MaxPieces + 1));
        var result = new ArrayBufferWriter<byte>();
        var rest = work.Execute(task.Span, result, new(number, 1, default), () => ++asked >= at ? pieces : 0);
        Pieces++;
        MostGivenBack = Math.Max(MostGivenBack, rest.Count);
        Assert.InRange(rest.Count, 0, pieces);
        return [result.WrittenMemory, .. rest.SelectMany(piece => ResultsOf(work, piece, number))];
    }
}

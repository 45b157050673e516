using System.Text;
using ActorCompute.Messages;
using ActorCompute.Messages.Packing;
using ActorCompute.Worker.Compute;
using ActorCompute.Worker.Functions;
using Google.Protobuf;

namespace ActorCompute.Worker.Tests.Compute;

public sealed class PackRunTests
{
    [Fact]
    public void Run_SomeThrow_EachTaskHasItsOwnAnswer()
    {
        using var work = new TestWork((task, context) => Encoding.ASCII.GetString(task) == "b" ? throw new InputException($"not {context.Number}") : task);

        var reply = Run(new(longest: 60_000), work, Pack(7, "a", "b", "c"), CancellationToken.None);

        Assert.Equal((7L, 2, 3, 1, BatchReply.OutcomeOneofCase.Result), (reply.First, reply.Attempt, reply.Answered, reply.Failed, reply.OutcomeCase));
        var results = Results(reply);
        Assert.Equal([("partiala", false), ("partialc", false)], [(results[0].Text, results[0].Failed), (results[2].Text, results[2].Failed)]);
        Assert.True(results[1].Failed);
        var error = TaskError.Parser.ParseFrom(results[1].Bytes);
        Assert.Equal((TaskErrorKind.BadInput, "not 8"), (error.Kind, error.Message));
    }

    [Fact]
    public void Run_TakesTooLong_AnswersWhatItHas()
    {
        using var work = new TestWork();
        var reply = Run(new(longest: -1), work, Pack(0, "a", "b"), CancellationToken.None);
        Assert.Equal((1, 1), (reply.Answered, work.Executed));
        Assert.Equal("partiala", Assert.Single(Results(reply)).Text);
    }

    [Fact]
    public void PackStop_TimePasses_IsDueUntilTheNextPackBegins()
    {
        var stop = new PackStop(longest: 1000);
        stop.Begin();
        Assert.False(stop.IsDue);
        Assert.True(SpinWait.SpinUntil(() => stop.IsDue, TimeSpan.FromSeconds(30)), "the pack's time did not pass");
        stop.Begin();
        Assert.False(stop.IsDue);
        stop.End();
    }

    [Fact]
    public void Run_WorkThatTakesPacks_AnswersLikeOneThatTakesTasks()
    {
        using var work = FunctionInvoker.Create(((Func<long, CancellationToken, long>)SquareUnlessSeven).Method);
        Assert.IsType<IPackWork>(work, exactMatch: false);
        var cpu = (IOpenedCpuWork)work;

        var reply = Run(new(longest: 60_000), cpu, Pack(0, "2", "7", "x", " 3", "-4"), CancellationToken.None);

        Assert.Equal((5, 2), (reply.Answered, reply.Failed));
        var results = Results(reply);
        Assert.Equal(["4", "9", "16"], results.Where(result => !result.Failed).Select(result => result.Text));
        Assert.Equal(["not 7", "the argument of PackRunTests.SquareUnlessSeven cannot be read"], results.Where(result => result.Failed).Select(result => TaskError.Parser.ParseFrom(result.Bytes).Message.Split(':')[0]));
        Assert.Equal(1, Run(new(longest: -1), cpu, Pack(0, "2", "3"), CancellationToken.None).Answered);
        Assert.Throws<OperationCanceledException>(() => Run(new(), cpu, Pack(0, "2"), new(canceled: true)));
        var broken = Pack(0, "2");
        broken.Count = 2;
        Assert.Throws<BrokenPackException>(() => Run(new(), cpu, broken, CancellationToken.None));
    }

    private static long SquareUnlessSeven(long number, CancellationToken cancellation) =>
        number == 7 ? throw new InvalidOperationException("not 7") : number * number;

    [Fact]
    public void Run_Cancelled_EndsWithTheTaskBefore()
    {
        using var source = new CancellationTokenSource();
        using var work = new TestWork((task, context) =>
        {
            if (context.Number == 1) source.Cancel();
            context.Cancellation.ThrowIfCancellationRequested();
            return task;
        });
        Assert.Equal(1, Run(new(longest: 60_000), work, Pack(0, "a", "b", "c"), source.Token).Answered);
        Assert.Throws<OperationCanceledException>(() => Run(new(), work, Pack(0, "a"), source.Token));
    }

    [Fact]
    public void Run_BrokenPack_ThrowsAndTheNextOneRuns()
    {
        using var work = new TestWork();
        var run = new PackRun();
        var broken = Pack(0, "a", "b");
        broken.Count = 3;
        Assert.Throws<BrokenPackException>(() => Run(run, work, broken, CancellationToken.None));
        Assert.Equal("partialc", Assert.Single(Results(Run(run, work, Pack(5, "c"), CancellationToken.None))).Text);
    }

    private static BatchReply Run(PackRun run, IOpenedCpuWork work, Batch pack, CancellationToken cancellation)
    {
        var done = 0;
        var results = run.Run(work, pack, new(pack.First, pack.Attempt, cancellation), ref done);
        return new() { First = pack.First, Attempt = pack.Attempt, Count = pack.Count, Result = ByteString.CopyFrom(results.Bytes.Span), Answered = results.Answered, Failed = results.Failed };
    }

    private static Batch Pack(long first, params string[] tasks)
    {
        var writer = new PackWriter();
        foreach (var task in tasks)
        {
            writer.Begin();
            System.Buffers.BuffersExtensions.Write(writer, Encoding.ASCII.GetBytes(task));
            writer.End();
        }

        return new() { First = first, Attempt = 2, Count = tasks.Length, Payload = ByteString.CopyFrom(writer.Written) };
    }

    private static List<(string Text, byte[] Bytes, bool Failed)> Results(BatchReply reply)
    {
        var results = new List<(string, byte[], bool)>();
        for (var offset = 0; offset < reply.Result.Length;)
        {
            var value = PackFormat.Read(reply.Result.Span, ref offset, out var failed).ToArray();
            results.Add((Encoding.ASCII.GetString(value), value, failed));
        }

        return results;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using ActorCompute.Client.Executor;
using ActorCompute.Client.Jobs;
using ActorCompute.Client.Scatter;
using ActorCompute.Client.Tests.Jobs;
using Akka.Actor;

namespace ActorCompute.Client.Tests.Executor;

/// <summary>Results that code of users reads: whatever that code does, the job's actor goes on.</summary>
public sealed class ResultDeskTests : JobActorFixture
{
    // Of the first chunks each has one task.
    private const uint Slots = 4;
    private const uint Window = 8;

    // Each test has the only code that waits at its gate.
    private static readonly ManualResetEventSlim Gate = new();

    [Fact]
    public async Task Reply_ResultWhoseConverterBlocks_TheActorAnswersAndOthersAreRead()
    {
        Gate.Reset();
        var (session, job, node) = StartSession(Slots, Window);
        var blocked = Submit<Blocking>(session);
        node.Answer(job, node.NextChunk(), "1");

        // Leases hang on its turns.
        await job.Ask<ActorIdentity>(new Identify(1), Waiting.Bound);
        Assert.False(blocked.IsDone);
        var plain = Submit<long>(session);
        node.Answer(job, node.NextChunk(), "2");
        Assert.Equal(2, await Waiting.For(plain.AsTask(), "a result that nobody's code reads"));

        Gate.Set();
        Assert.Equal(1, (await Waiting.For(blocked.AsTask(), "the result whose converter was let go")).Number);
        Assert.Empty(session.Outstanding());
        Assert.Equal(2, session.Taken);
    }

    [Fact]
    public async Task Reply_ResultWhoseConverterThrows_FaultsThatFutureAndTheNextIsRead()
    {
        Gate.Set();
        var (session, job, node) = StartSession(Slots, Window);
        var (broken, sound) = (Submit<Blocking>(session), Submit<Blocking>(session));
        foreach (var number in new[] { "-1", "7" }) node.Answer(job, node.NextChunk(), number);

        Assert.Equal(7, (await Waiting.For(sound.AsTask(), "the sound result")).Number);
        var error = await Assert.ThrowsAsync<FormatException>(() => Waiting.For(broken.AsTask(), "the broken result"));
        Assert.Contains("test-kind", error.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(error.InnerException);
    }

    [Fact]
    public async Task Ended_AResultIsStillBeingRead_ItsFutureFails()
    {
        Gate.Reset();
        var (session, job, node) = StartSession(Slots, Window);
        var blocked = Submit<Blocking>(session);
        node.Answer(job, node.NextChunk(), "1");
        await job.Ask<ActorIdentity>(new Identify(1), Waiting.Bound);

        Sys.Stop(job);

        await Assert.ThrowsAsync<ClusterUnavailableException>(() => Waiting.For(blocked.AsTask(), "the end of the job"));
        Gate.Set();
    }

    [Fact]
    public async Task Submit_ResultsThatNobodyReads_HoldBackTheNextTasks()
    {
        Gate.Reset();
        var (session, job, node) = StartSession(Slots, Window, new() { MaxOutstanding = 2 });
        var futures = Enumerable.Range(0, 3).Select(_ => Submit<Blocking>(session)).ToList();
        for (var i = 0; i < 2; i++) node.Answer(job, node.NextChunk(), "1");
        node.ExpectNoChunk();

        Gate.Set();
        node.Answer(job, node.NextChunk(), "1");
        foreach (var future in futures) Assert.Equal(1, (await Waiting.For(future.AsTask(), "each result")).Number);
    }

    [Fact]
    public async Task Dispose_WhatUsersRegisteredWithTheTokenBlocksAndThrows_NobodyWaitsForIt()
    {
        Gate.Reset();
        var source = new BlockingSource();
        await Waiting.For(Task.Run(source.Dispose), "the end of disposing");
        Assert.True(source.IsStopped);
        Gate.Set();
    }

    // Whatever a test that failed has left waiting ends with it.
    protected override void AfterAll()
    {
        Gate.Set();
        base.AfterAll();
    }

    [JsonConverter(typeof(GatedConverter))]
    private sealed record Blocking(long Number);

    private sealed class GatedConverter : JsonConverter<Blocking>
    {
        public override Blocking Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Gate.Wait();
            var number = reader.GetInt64();
            return number < 0 ? throw new InvalidOperationException("below 0") : new(number);
        }

        public override void Write(Utf8JsonWriter writer, Blocking value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Number);
    }

    private sealed class BlockingSource : TaskSource
    {
        public BlockingSource()
        {
            Stopped.Register(() => Gate.Wait());
            Stopped.Register(() => throw new InvalidOperationException("thrown by a user's callback"));
        }

        public bool IsStopped => Stopped.IsCancellationRequested;

        public override bool IsEnded => false;

        public override Exception? Error => null;

        public override int Drawn => 0;

        public override bool TryPeek(out long number)
        {
            number = 0;
            return false;
        }

        public override bool TryTake(int most, out TaskBatch task)
        {
            task = default;
            return false;
        }

        public override Task WaitAsync() => Task.CompletedTask;
    }
}

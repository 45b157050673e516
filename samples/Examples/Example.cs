
namespace ActorCompute.Examples;

/// <summary>An example: its name on the command line, a line on what it shows, and how it is run.</summary>
internal sealed record Example(string Name, string Summary, Func<ComputeCluster, TextWriter, string[], Task> RunAsync)
{
    public static IReadOnlyList<Example> All { get; } =
    [
        new("square", "a function over a pool of processes: submit and map", Square.RunAsync),
        new("order", "map keeps the order of inputs, as completed does not [SCALE of the sleeps, 1]", Order.RunAsync),
        new("fibonacci", "fib by threads and by processes, with times [FROM TO, 25 39]", Fibonacci.RunAsync),
        new("io-cpu", "tasks that wait beside tasks that compute, with times [SECONDS of a wait, 0.5]", IoAndCpu.RunAsync),
        new("sum", "a sum of squares, by ranges", SumOfSquares.RunAsync),
        new("primes", "which of some large numbers are prime", Primes.RunAsync),
        new("urls", "pages of a web server, many at a time, failures as values", Urls.RunAsync),
        new("bam", "the reads of a BAM file by chromosome, with the time of each [FILE]", BamByChromosome.RunAsync),
        new("progress", "a progress bar", ProgressBar.RunAsync),
        new("wait", "wait for the first, for all, or for a time [SCALE of the sleeps, 1]", Wait.RunAsync),
        new("futures", "result, exception and cancelling of futures", Futures.RunAsync),
        new("never-ends", "a function that never ends, and a time-out [SECONDS, 1]", NeverEnds.RunAsync),
        new("producer", "a producer and consumers: inputs that come while the map runs", ProducerConsumer.RunAsync),
        new("counter", "a counter that many threads share, without a lock: an actor", SharedCounter.RunAsync),
        new("updates", "200 updates, three at a time [SECONDS of each, 0.01]", BoundedUpdates.RunAsync),
        new("process", "a worker process: its id, its end, its exit code", WorkerProcess.RunAsync),
        new("queue", "what Queue and Pipe are here: mailboxes", QueueAndPipe.RunAsync),
        new("event", "what Event, Condition, Value and Array are here: an actor's state", EventAndCondition.RunAsync),
    ];

    /// <summary>The argument at a place as a number, or its default.</summary>
    public static double Number(string[] arguments, int at, double otherwise) =>
        arguments.Length > at ? double.Parse(arguments[at], System.Globalization.CultureInfo.InvariantCulture) : otherwise;
}

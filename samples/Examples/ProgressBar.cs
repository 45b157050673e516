
namespace ActorCompute.Examples;

/// <summary>A progress bar in text: the map tells how far it is, the bar draws when there is something new to see.</summary>
internal static class ProgressBar
{
    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        var numbers = Enumerable.Range(0, 5000).Select(number => (long)number).ToList();
        var sum = 0L;
        await foreach (var square in cluster.Map(Square.Of, numbers, new() { Progress = new Bar(output) }).Unordered()) sum += square;
        output.WriteLine();
        output.WriteLine($"the sum is {sum}");
    }

    // Progress<T> would do as well; this one is told on the thread that knows, in order, and returns at once.
    private sealed class Bar(TextWriter output) : IProgress<JobProgress>
    {
        private const int Width = 40;
        private int _drawn = -1;

        public void Report(JobProgress progress)
        {
            if (progress.Total is not { } total) return;
            var filled = (int)(progress.Done * Width / Math.Max(1, total));
            if (filled == _drawn) return;
            _drawn = filled;
            output.Write($"\r[{new string('#', filled)}{new string('.', Width - filled)}] {progress.Done * 100 / total,3} %");
        }
    }
}

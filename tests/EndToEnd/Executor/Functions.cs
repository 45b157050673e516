using System.Globalization;

namespace ActorCompute.EndToEnd.Executor;

/// <summary>What these tests call on workers. They share no memory with a test: what they tell it, they leave in files.</summary>
internal static class Functions
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private static int _initialized;
    private static string _word = "";

    public static long Square(long number) => number * number;

    public static string Join(string a, int b) => a + b.ToString(CultureInfo.InvariantCulture);

    public static long Sum(long a, long b, long c) => a + b + c;

    public static int Answer() => 42;

    /// <summary>Calls itself so often: some 100 bytes of stack each time.</summary>
    public static int Depth(int calls) => calls == 0 ? 0 : 1 + Depth(calls - 1);

    public static async Task<long> SquareAsync(long number)
    {
        await Task.Yield();
        return number * number;
    }

    public static async ValueTask<long> SquareValueAsync(long number)
    {
        await Task.Yield();
        return number * number;
    }

    public static long Odd(long number) => number % 2 == 1 ? number : throw new InvalidOperationException($"{number} is even");

    public static async Task<double> SleepAsync(double seconds)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), TaskContext.Current.Cancellation);
        return seconds;
    }

    /// <summary>Odd, but every ten-thousandth takes a while.</summary>
    public static long OddAndSlow(long number)
    {
        if (number % 10_000 == 9_999) Busy(200);
        return Odd(number);
    }

    /// <summary>Leaves a file and ends its process at one number, the first time.</summary>
    public static long DieOnce((string File, long Number) input)
    {
        if (input.Number == 30_000 && !File.Exists(input.File))
        {
            File.WriteAllText(input.File, "");
            Environment.Exit(99);
        }

        return input.Number;
    }

    /// <summary>Computes for so long, as far as the clock knows.</summary>
    public static int Busy(int milliseconds)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(startedAt) < TimeSpan.FromMilliseconds(milliseconds))
        {
        }

        return Environment.ProcessId;
    }

    /// <summary>Says in a file that it runs, waits for its token, and says in another that it saw it.</summary>
    public static int UntilCancelled(string file, CancellationToken cancellation)
    {
        File.WriteAllText(file + ".begun", "");
        if (cancellation.WaitHandle.WaitOne(Bound)) File.WriteAllText(file + ".seen", "");
        cancellation.ThrowIfCancellationRequested();
        return 0;
    }

    public static int Touch(string file)
    {
        File.WriteAllText(file, "");
        return Environment.ProcessId;
    }

    /// <summary>Throws twice, then succeeds; a folder is its memory.</summary>
    public static int ThirdTimeGood(string folder)
    {
        var tries = Directory.GetFiles(folder).Length + 1;
        File.WriteAllText(Path.Combine(folder, $"try{tries}"), "");
        return tries >= 3 ? tries : throw new IOException($"try {tries} failed");
    }

    /// <summary>How many of these ran at the same time, itself included, as seen from its beginning.</summary>
    public static async Task<int> AtATimeAsync((string Folder, int Number) input)
    {
        var mine = Path.Combine(input.Folder, input.Number.ToString(CultureInfo.InvariantCulture));
        await File.WriteAllTextAsync(mine, "");
        var count = Directory.GetFiles(input.Folder).Length;
        await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        File.Delete(mine);
        return count;
    }

    public static int ProcessId(int number) => number < 0 ? 0 : Environment.ProcessId;

    public static void Initialize((string Folder, string Word) what)
    {
        _word = what.Word;
        File.WriteAllText(Path.Combine(what.Folder, $"{Environment.ProcessId}-{Interlocked.Increment(ref _initialized)}"), "");
    }

    public static string Word(int number) => number < 0 ? "" : $"{_word} {Environment.ProcessId}";

    public static void FailingInitializer() => throw new InvalidOperationException("no table");
}

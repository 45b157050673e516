using System.Diagnostics;

namespace ActorCompute.EndToEnd.Faults;

/// <summary>Functions that end, block or flood the process they run in.</summary>
internal static class Hanging
{
    private static readonly ManualResetEventSlim Never = new();

    public static int Exit(int status)
    {
        Environment.Exit(status);
        return 0;
    }

    public static void ExitInitializer() => Environment.Exit(0);

    public static void EndlessInitializer() => Never.Wait();

    public static int Next(int number) => number + 1;

    /// <summary>What standard input gives: of this process, and of a child that inherits it.</summary>
    public static string ReadInput(int number)
    {
        using var child = Process.Start(new ProcessStartInfo("cat") { RedirectStandardOutput = true, UseShellExecute = false })!;
        return $"{number}: '{Console.In.ReadToEnd()}' '{child.StandardOutput.ReadToEnd()}'";
    }

    /// <summary>Starts a child that outlives this process and holds its pipes, says its id in a file, and ends.</summary>
    public static int LeaveChildAndDie(string file)
    {
        if (File.Exists(file)) return 1;
        using var child = Process.Start(new ProcessStartInfo("sleep", "300") { UseShellExecute = false })!;
        File.WriteAllText(file, child.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Process.GetCurrentProcess().Kill();
        return 0;
    }

    /// <summary>Blocks every thread of the pool, and then some, for so long.</summary>
    public static int FillPool(int milliseconds)
    {
        Task.WaitAll([.. Enumerable.Range(0, 40).Select(_ => Task.Run(() => Never.Wait(milliseconds)))]);
        return Environment.ProcessId;
    }

    public static int Say(int number)
    {
        Console.WriteLine($"one of {number}");
        Console.WriteLine($"two of {number}");
        return number;
    }

    public static int Broken(int number) => throw new NullMessageException(number);

    public static int Wrapped(int number)
    {
        try
        {
            return checked(number / (number - number));
        }
        catch (DivideByZeroException e)
        {
            throw new InvalidOperationException($"no ratio for {number}", e);
        }
    }

    private sealed class NullMessageException(int number) : Exception
    {
        public override string Message => number == 0 ? null! : throw new InvalidOperationException("no text either");
    }
}

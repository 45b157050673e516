using System.Diagnostics;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace ActorCompute.Support;

/// <summary>
/// Held by one test run of a machine at a time: <c>dotnet test</c> on a solution runs projects side by side, and suites that
/// start processes and measure seconds would starve each other.
/// </summary>
internal sealed class MachineLock : IDisposable
{
    private static readonly TimeSpan NoticeInterval = TimeSpan.FromMinutes(1);

    private readonly FileStream _file;

    private MachineLock(FileStream file) => _file = file;

    /// <summary>
    /// Waits as long as another run holds it, of this checkout or another: the system takes it from one that ends, however it does,
    /// so this cannot wait for ever. Says so at once, and again every minute.
    /// </summary>
    public static Task<MachineLock> TakeAsync(IMessageSink messages) =>
        // One file for each person, who could not open another's. It stays when it is released: to delete it would let a
        // second run lock a file of that name that a third cannot see.
        TakeAsync(
            Path.Combine(Path.GetTempPath(), $"actorcompute-process-tests-{Environment.UserName}.lock"),
            text => messages.OnMessage(new DiagnosticMessage(text)));

    internal static async Task<MachineLock> TakeAsync(string path, Action<string> say)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var nextNotice = TimeSpan.Zero;
        FileStream? file;
        while ((file = TryOpen(path)) is null)
        {
            var waited = Stopwatch.GetElapsedTime(startedAt);
            if (waited >= nextNotice)
            {
                say($"another test run on this machine holds {path}; this one waits for its end ({waited.TotalSeconds:F0} s so far)");
                nextNotice += NoticeInterval;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }

        return new(file);
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ActorCompute.Chaos.Functions;

/// <summary>
/// A process's own file of what its tasks did, a line each: <c>S|F ticks task attempt</c>, with the ticks of the machine's
/// monotonic clock, which all processes share. Each line is one write, so a killed process leaves whole lines.
/// </summary>
public sealed class EventFile
{
    /// <summary>Begins the line of an attempt that began.</summary>
    public const char Started = 'S';

    /// <summary>Begins the line of an attempt whose work is done, before it is answered.</summary>
    public const char Finished = 'F';

    private readonly Lock _lock = new();
    private readonly FileStream _file;

    public EventFile(string folder) =>
        _file = new(Path.Combine(folder, $"{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.events"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Write(char what, long task, int attempt)
    {
        var line = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what} {Stopwatch.GetTimestamp()} {task} {attempt}\n"));
        lock (_lock) _file.Write(line);
    }
}

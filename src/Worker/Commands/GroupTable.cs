using System.Globalization;
using System.IO.MemoryMappedFiles;

namespace ActorCompute.Worker.Commands;

/// <summary>
/// The groups of processes that a worker has running, in memory that it shares with its <see cref="GroupGuard"/>. The worker writes,
/// without a system call for a task; the guard reads, once, when the worker is gone.
/// </summary>
/// <remarks>
/// Each place: <code>state (4) | process id of the leader (4) | number of the run (8) | milliseconds of grace (4) | unused (4)</code>
/// </remarks>
internal sealed class GroupTable : IDisposable
{
    /// <summary>The variable by which a process tells which run it belongs to, if the worker had no time to write its id down.</summary>
    public const string Variable = "ACTORCOMPUTE_RUN";

    /// <summary>More than a worker has slots.</summary>
    public const int Places = 2048;

    private const int PlaceSize = 24;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <param name="file">A file of its own, which both have open.</param>
    public GroupTable(FileStream file)
    {
        if (file.Length < Places * PlaceSize) file.SetLength(Places * PlaceSize);
        _file = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor();
    }

    public GroupPlace this[int place]
    {
        get => new((GroupState)_view.ReadInt32(Of(place)), _view.ReadInt32(Of(place) + 4), _view.ReadInt64(Of(place) + 8), TimeSpan.FromMilliseconds(_view.ReadInt32(Of(place) + 16)));
        set
        {
            // The state comes last: what it says is there is there.
            _view.Write(Of(place) + 4, value.Leader);
            _view.Write(Of(place) + 8, value.Run);
            _view.Write(Of(place) + 16, (int)Math.Min(value.Grace.TotalMilliseconds, int.MaxValue));
            _view.Write(Of(place), (int)value.State);
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    /// <summary>The value of <see cref="Variable"/>.</summary>
    /// <param name="worker">The worker's mark.</param>
    /// <param name="run">The number of the run there.</param>
    public static string MarkOf(string worker, long run) => string.Create(CultureInfo.InvariantCulture, $"{worker}-{run}");

    private static int Of(int place) => place * PlaceSize;
}

/// <summary>What a place of the table says.</summary>
/// <param name="State">Whether there is a group.</param>
/// <param name="Leader">Its leader's process id, which is the group's.</param>
/// <param name="Run">The number of the run, which the processes have in their environment.</param>
/// <param name="Grace">From SIGTERM to SIGKILL.</param>
internal readonly record struct GroupPlace(GroupState State, int Leader, long Run, TimeSpan Grace);

internal enum GroupState
{
    Free,

    /// <summary>It is being started: whether the leader is there already is not known.</summary>
    Starting,

    Running,
}

using System.ComponentModel;
using System.Globalization;
using System.Runtime.Versioning;
using ActorCompute.Processes;

namespace ActorCompute.Worker.Commands;

/// <summary>
/// The groups of processes that this worker has running, and their guard: a process that ends them when this one is gone, however it
/// ended. One for the worker, started with its first command.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class CommandGroups
{
    // To the end of what was running, with its grace; whoever waits for this worker's own end is not kept longer.
    private static readonly TimeSpan ExitBound = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Stack<int> _free = new(Enumerable.Range(0, GroupTable.Places).Reverse());
    private readonly string _mark = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Guid.NewGuid():n}");
    private FileStream? _file;
    private GroupTable? _table;
    private UnixPipe? _pipe;
    private int _guard;
    private long _runs;

    /// <summary>A program is about to be started.</summary>
    /// <returns>Its place, and the value of <see cref="GroupTable.Variable"/> for it.</returns>
    public (int Place, string Mark) Begin(TimeSpan grace)
    {
        lock (_lock)
        {
            KeepGuard();
            var place = _free.Pop();
            _table![place] = new(GroupState.Starting, 0, ++_runs, grace);
            return (place, GroupTable.MarkOf(_mark, _runs));
        }
    }

    /// <summary>It was started.</summary>
    public void Started(int place, int leader)
    {
        lock (_lock) _table![place] = _table[place] with { State = GroupState.Running, Leader = leader };
    }

    /// <summary>Nothing of it runs any more, or it was not started.</summary>
    public void End(int place)
    {
        lock (_lock)
        {
            _table![place] = default;
            _free.Push(place);
        }
    }

    // Also one that somebody ended: asked for each time, which is one system call.
    private void KeepGuard()
    {
        if (_guard != 0 && UnixCalls.WaitFor(_guard, out _, UnixCalls.NoHang) == 0) return;
        if (_table is null)
        {
            // It has a name only until both have it open.
            var path = Path.Combine(Path.GetTempPath(), $"actorcompute-{_mark}.groups");
            _file = new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
            File.Delete(path);
            _table = new(_file);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Leave();
        }

        _pipe?.Dispose();
        _pipe = new();
        var program = ProgramFinder.Find("Worker", "actorcompute-worker", GroupGuard.Verb, _mark);
        // Small and quick: no cultures, and one thread for the collector.
        var environment = program.Environment.Where(variable => variable.Key != "DOTNET_gcServer").Select(variable => $"{variable.Key}={variable.Value}").Append("DOTNET_TieredPGO=0").ToList();
        try
        {
            _guard = UnixSpawn.Start([program.FileName, .. program.ArgumentList], environment, null, (_pipe.Reader, (int)_file!.SafeFileHandle.DangerousGetHandle(), null), ownSession: true);
        }
        catch (Win32Exception e)
        {
            throw new IOException($"the program {program.FileName}, which ends commands if this worker dies, cannot be started: {e.Message}", e);
        }

        _pipe.CloseReader();
    }

    /// <summary>This worker ends in order: when it has, so have its commands and their guard.</summary>
    public void Leave()
    {
        lock (_lock) _pipe!.Dispose();
        var startedAt = TimeProvider.System.GetTimestamp();
        while (UnixCalls.WaitFor(_guard, out _, UnixCalls.NoHang) == 0 && TimeProvider.System.GetElapsedTime(startedAt) < ExitBound) UnixGroup.Wait(milliseconds: 2);
    }
}

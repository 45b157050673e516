using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ActorCompute.Worker.Commands;

/// <summary>Starts a program as the leader of a group of processes, or of a session, of its own.</summary>
/// <remarks>
/// By posix_spawn, which makes the group before the program begins, and copies no page of this process: some tenths of a millisecond.
/// Signals are as in a shell: .NET ignores SIGPIPE, and that would be inherited.
/// </remarks>
internal static class UnixSpawn
{
    private const int BrokenPipe = 13;

    private const int SetGroup = 2;
    private const int SetDefaults = 4;
    private const int SetMask = 8;

    private static readonly int SetSession = OperatingSystem.IsMacOS() ? 0x0400 : 0x80;

    // Only on macOS: whatever is not given is closed.
    private static readonly int CloseOthers = OperatingSystem.IsMacOS() ? 0x4000 : 0;

    private const int ReadOnly = 0;
    private const int WriteOnly = 1;

    /// <param name="words">The program, looked for in PATH, and its arguments.</param>
    /// <param name="environment">What it finds in its environment, NAME=VALUE.</param>
    /// <param name="folder">Where it is started; null for here.</param>
    /// <param name="streams">Its standard input, output and error; null for the null device.</param>
    /// <param name="ownSession">With a session of its own nothing that a terminal sends reaches it.</param>
    /// <returns>Its process id, which is also its group's.</returns>
    /// <exception cref="Win32Exception">The system does not start it.</exception>
    public static int Start(IReadOnlyList<string> words, IReadOnlyList<string> environment, string? folder, (int? Input, int? Output, int? Error) streams, bool ownSession = false)
    {
        using var texts = new NativeTexts();
        var (actions, attributes, signals) = (texts.Room(UnixCalls.OpaqueSize), texts.Room(UnixCalls.OpaqueSize), texts.Room(UnixCalls.OpaqueSize));
        Check(UnixCalls.InitializeActions(actions));
        try
        {
            Check(UnixCalls.InitializeAttributes(attributes));
            try
            {
                var nothing = texts.Of("/dev/null");
                Check(streams.Input is { } input ? UnixCalls.AddDuplicate(actions, input, 0) : UnixCalls.AddOpen(actions, 0, nothing, ReadOnly, 0));
                Check(streams.Output is { } output ? UnixCalls.AddDuplicate(actions, output, 1) : UnixCalls.AddOpen(actions, 1, nothing, WriteOnly, 0));
                Check(streams.Error is { } error ? UnixCalls.AddDuplicate(actions, error, 2) : UnixCalls.AddOpen(actions, 2, nothing, WriteOnly, 0));
                if (folder is not null) Check(UnixCalls.AddFolder(actions, texts.Of(folder)));
                Check(UnixCalls.Empty(signals));
                Check(UnixCalls.SetMask(attributes, signals));
                Check(UnixCalls.Add(signals, BrokenPipe));
                Check(UnixCalls.SetDefaults(attributes, signals));
                if (!ownSession) Check(UnixCalls.SetGroup(attributes, 0));
                Check(UnixCalls.SetFlags(attributes, (short)((ownSession ? SetSession : SetGroup) | SetDefaults | SetMask | CloseOthers)));
                Check(UnixCalls.Spawn(out var process, texts.Of(words[0]), actions, attributes, texts.ArrayOf(words), texts.ArrayOf(environment)));
                return process;
            }
            finally
            {
                UnixCalls.DestroyAttributes(attributes);
            }
        }
        finally
        {
            UnixCalls.DestroyActions(actions);
        }
    }

    private static void Check(int error)
    {
        if (error != 0) throw new Win32Exception(error);
    }

    /// <summary>Memory that the calls read.</summary>
    private sealed class NativeTexts : IDisposable
    {
        private readonly List<nint> _all = [];

        public nint Of(string text) => Keep(Marshal.StringToCoTaskMemUTF8(text));

        // Ends with a null.
        public nint[] ArrayOf(IReadOnlyList<string> texts)
        {
            var array = new nint[texts.Count + 1];
            for (var i = 0; i < texts.Count; i++) array[i] = Of(texts[i]);
            return array;
        }

        public nint Room(int size)
        {
            var room = Keep(Marshal.AllocCoTaskMem(size));
            for (var i = 0; i < size; i += sizeof(long)) Marshal.WriteInt64(room, i, 0);
            return room;
        }

        public void Dispose()
        {
            foreach (var memory in _all) Marshal.FreeCoTaskMem(memory);
        }

        private nint Keep(nint memory)
        {
            _all.Add(memory);
            return memory;
        }
    }
}

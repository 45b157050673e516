using System.Runtime.InteropServices;

namespace ActorCompute.Remoting.Transport;

/// <summary>The calls and numbers of Linux's C library for epoll.</summary>
internal static class Epoll
{
    public const int Add = 1;
    public const int Delete = 2;
    public const int Modify = 3;
    public const uint In = 0x001;
    public const uint Out = 0x004;
    public const uint Broken = 0x008 | 0x010; // EPOLLERR, EPOLLHUP: reported whether asked for or not
    public const uint EdgeTriggered = 1u << 31;
    public const int CloseOnExec = 0x80000;
    public const int NonBlocking = 0x800;

    // struct epoll_event { u32 events; u64 data; } is packed on x86-64, so that 32-bit programs see the same; nowhere else.
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;

    public static int EventSize { get; } = IsPacked ? 12 : 16;

    private static int DataOffset => EventSize - sizeof(ulong);

    /// <summary>An event for a slot of the poller's table.</summary>
    public static void Write(Span<byte> at, uint events, int slot, uint generation)
    {
        MemoryMarshal.Write(at, events);
        MemoryMarshal.Write(at[DataOffset..], slot);
        MemoryMarshal.Write(at[(DataOffset + sizeof(int))..], generation);
    }

    /// <summary>The same back.</summary>
    public static (uint Events, int Slot, uint Generation) Read(ReadOnlySpan<byte> at) => (
        MemoryMarshal.Read<uint>(at),
        MemoryMarshal.Read<int>(at[DataOffset..]),
        MemoryMarshal.Read<uint>(at[(DataOffset + sizeof(int))..]));

    [DllImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Create(int flags);

    [DllImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Control(int epoll, int operation, int descriptor, ref byte data);

    [DllImport("libc", EntryPoint = "epoll_wait")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Wait(int epoll, ref byte events, int maxEvents, int milliseconds);

    [DllImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int CreateEvent(uint initial, int flags);

    [DllImport("libc", EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint WriteEvent(int descriptor, ref ulong value, nint length);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Close(int descriptor);
}

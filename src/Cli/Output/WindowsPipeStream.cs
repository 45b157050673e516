using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorCompute.Cli.Output;

/// <summary>
/// Standard output on Windows, where that is a pipe. Both the console's stream and a file stream take the error of a pipe without
/// a reader (ERROR_NO_DATA) for success, and <c>primes list … | head</c> would compute on for nobody.
/// </summary>
internal sealed class WindowsPipeStream(SafeFileHandle handle) : Stream
{
    private const int StandardOutput = -11;
    private const int TypeOfPipe = 3;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Null where standard output is a console, a file or closed.</summary>
    public static Stream? OpenStandardOutput()
    {
        var handle = new SafeFileHandle(GetStandardHandle(StandardOutput), ownsHandle: false);
        return !handle.IsInvalid && GetFileType(handle) == TypeOfPipe ? new WindowsPipeStream(handle) : null;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (!WriteFile(handle, ref MemoryMarshal.GetReference(buffer), buffer.Length, out var written, 0))
            {
                var error = Marshal.GetLastPInvokeError();
                throw new IOException(new Win32Exception(error).Message, ResultOf(error));
            }

            buffer = buffer[written..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is kept here.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // HRESULT_FROM_WIN32, as the framework's own exceptions carry it.
    private static int ResultOf(int error) => unchecked((int)0x80070000) | error;

    [DllImport("kernel32", EntryPoint = "GetStdHandle")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetStandardHandle(int which);

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetFileType(SafeFileHandle handle);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool WriteFile(SafeFileHandle handle, ref byte bytes, int count, out int written, nint overlapped);
}

using System.Runtime.InteropServices;

namespace ActorCompute.Worker.Commands;

/// <summary>A pipe that no child inherits by itself. One thread uses it; only <see cref="Wake"/> may be called from another.</summary>
internal sealed class UnixPipe : IDisposable
{
    private const int CloseOnExecLinux = 0x80000;

    private readonly int[] _ends = new int[2];

    public UnixPipe()
    {
        // Where there is no pipe2, what is spawned closes everything that it is not given (macOS).
        if ((OperatingSystem.IsLinux() ? UnixCalls.OpenPipe(_ends, CloseOnExecLinux) : UnixCalls.OpenPipe(_ends)) < 0)
        {
            throw new IOException($"no pipe for a program: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    public int Reader => _ends[0];

    public int Writer => _ends[1];

    /// <summary>Writes a byte.</summary>
    public void Wake() => UnixCalls.Write(Writer, [1], 1);

    public void CloseReader() => Close(0);

    public void CloseWriter() => Close(1);

    public void Dispose()
    {
        Close(0);
        Close(1);
    }

    private void Close(int end)
    {
        if (_ends[end] < 0) return;
        UnixCalls.Close(_ends[end]);
        _ends[end] = -1;
    }
}

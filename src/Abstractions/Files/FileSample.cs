using Microsoft.Win32.SafeHandles;

namespace ActorCompute;

/// <summary>
/// A number made of the bytes at five places of a file, from its beginning to its end. A file that was made again, or is another of the same
/// length, has other bytes there, compressed ones above all; a copy has the same. It takes five short reads, whatever the file's length, and is
/// no proof against somebody who wants two files to look the same.
/// </summary>
internal static class FileSample
{
    private const int Places = 5;
    private const int PlaceLength = 4096;

    // FNV-1a with 64 bits.
    private const ulong Basis = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ulong Of(SafeFileHandle file)
    {
        var last = Math.Max(0, RandomAccess.GetLength(file) - PlaceLength);
        Span<byte> bytes = stackalloc byte[PlaceLength];
        var hash = Basis;
        for (var place = 0; place < Places; place++)
        {
            // By quarters, so that nothing overflows.
            var offset = (last / (Places - 1) * place) + (last % (Places - 1) * place / (Places - 1));
            foreach (var value in bytes[..Fill(file, bytes, offset)]) hash = (hash ^ value) * Prime;
        }

        return hash;
    }

    private static int Fill(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        var filled = 0;
        while (filled < bytes.Length && RandomAccess.Read(file, bytes[filled..], offset + filled) is > 0 and var read) filled += read;
        return filled;
    }
}

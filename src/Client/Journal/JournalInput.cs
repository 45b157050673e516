using System.Security.Cryptography;

namespace ActorCompute.Client.Journal;

/// <summary>A file that a journalled job reads, as it was when the journal was begun.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="LastWriteUtc">When it was last written.</param>
/// <param name="Sha256">The hash of its content, in hex; null for a large file, of which length and time decide.</param>
internal sealed record JournalInput(string Path, long Length, DateTime LastWriteUtc, string? Sha256 = null)
{
    // Read and hashed in 50 ms.
    private const long LargestHashed = 64 << 20;

    /// <exception cref="InputException">It cannot be read any more.</exception>
    public static JournalInput Of(InputFile file) => new(file.Path, file.Length, file.LastWriteUtc, Hash(file.Path, file.Length));

    /// <summary>Looks whether the file is what it was: the one that would be opened, whatever links lead to it.</summary>
    /// <exception cref="JournalException">It is not.</exception>
    public void Check()
    {
        try
        {
            var now = InputFile.Of(Path);
            if (now.Length != Length) throw Changed($"it had {Length} bytes and has {now.Length}");
            // The same content is the same input: a copy, or a link that was made anew.
            if (Sha256 is not null && Hash(Path, now.Length) != Sha256) throw Changed($"its content is another, written at {now.LastWriteUtc:u}");
            if (Sha256 is null && !now.WasWrittenAt(LastWriteUtc)) throw Changed($"it was written at {LastWriteUtc:u} and again at {now.LastWriteUtc:u}");
        }
        catch (InputException e)
        {
            throw new JournalException(JournalFault.InputChanged, $"{e.Message} The journalled job reads it.", e);
        }
    }

    private JournalException Changed(string how) => new(JournalFault.InputChanged, $"{Path}: has changed since the journal was begun: {how}. Begin the job anew.");

    private static string? Hash(string path, long length)
    {
        if (length > LargestHashed) return null;
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }
}

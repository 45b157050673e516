using System.Text;

namespace ActorCompute.Processes;

/// <summary>
/// Writes as another writer does, as long as that can: once a terminal is closed, a disk full or a descriptor closed nobody reads, and to
/// fail over it helps nobody.
/// </summary>
/// <param name="open">Opens the other when it is first needed.</param>
public sealed class ForgivingWriter(Func<TextWriter> open) : TextWriter
{
    private readonly Lazy<TextWriter> _inner = new(open);

    public override Encoding Encoding => _inner.Value.Encoding;

    /// <summary>Has standard error forgive from now on: what a program does, and its exit status, do not hang on who reads it.</summary>
    /// <param name="encoding">How it is written; null for the console's own encoding, which is looked up with the first line.</param>
    public static void Install(Encoding? encoding = null) => Console.SetError(new ForgivingWriter(
        () => new StreamWriter(Console.OpenStandardError(), encoding ?? OfConsole(), bufferSize: 256) { AutoFlush = true }));

    public override void Write(char value) => Try(() => _inner.Value.Write(value));

    public override void Write(string? value) => Try(() => _inner.Value.Write(value));

    public override void WriteLine(string? value) => Try(() => _inner.Value.WriteLine(value));

    public override void Flush() => Try(() => _inner.Value.Flush());

    // Without a mark, as the console's own writer, which cannot be had back once another has taken its place.
    private static Encoding OfConsole()
    {
        var encoding = Console.OutputEncoding;
        return encoding.CodePage == Encoding.UTF8.CodePage ? StandardStreams.Encoding : encoding;
    }

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Said to nobody.
        }
    }
}

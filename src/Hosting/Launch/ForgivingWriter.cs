using System.Text;

namespace ActorCompute.Hosting;

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
    public static void Install() => Console.SetError(new ForgivingWriter(OpenError));

    public override void Write(char value) => Try(() => _inner.Value.Write(value));

    public override void Write(string? value) => Try(() => _inner.Value.Write(value));

    public override void WriteLine(string? value) => Try(() => _inner.Value.WriteLine(value));

    public override void Flush() => Try(() => _inner.Value.Flush());

    // As the console's own, which cannot be had back once another has taken its place: in its encoding, without a mark.
    private static StreamWriter OpenError()
    {
        var encoding = Console.OutputEncoding;
        if (encoding.CodePage == Encoding.UTF8.CodePage) encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new(Console.OpenStandardError(), encoding, bufferSize: 256) { AutoFlush = true };
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

using System.Text;

namespace ActorCompute.Hosting;

/// <summary>Writes as another writer does, as long as that can: once a terminal is closed nobody reads, and to fail over it helps nobody.</summary>
public sealed class ForgivingWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Has standard error forgive from now on, where it is a terminal: whoever writes a bar or a line there need not expect its end.</summary>
    public static void InstallOnTerminal()
    {
        if (!Console.IsErrorRedirected) Console.SetError(new ForgivingWriter(Console.Error));
    }

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
            // Said to nobody.
        }
    }
}

using System.Text;

namespace ActorCompute.Cli.Output;

/// <summary>
/// A terminal shows UTF-8 as long as this is not disposed. On Windows a console has a code page, most often one of the eighties, in
/// which the frames of tables are letters; other programs find it again as it was.
/// </summary>
internal sealed class TerminalEncoding : IDisposable
{
    private readonly Encoding? _before;

    public TerminalEncoding()
    {
        if (!OperatingSystem.IsWindows() || (Console.IsOutputRedirected && Console.IsErrorRedirected)) return;
        try
        {
            var before = Console.OutputEncoding;
            if (before.CodePage == Encoding.UTF8.CodePage) return;
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            _before = before;
        }
        catch (IOException)
        {
            // Without a console there is nothing to set.
        }
    }

    public void Dispose()
    {
        if (_before is not null) Console.OutputEncoding = _before;
    }
}

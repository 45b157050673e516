using System.Globalization;
using System.Text;
using ActorCompute.Kinds.Programs;

namespace ActorCompute;

/// <summary>How a program ended, and what it wrote.</summary>
public sealed record CommandResult
{
    /// <summary>Its exit status, 0 to 255 (on Windows any 32 bits); 128 + N when signal N ended it.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The signal that ended it; null when it exited by itself.</summary>
    public int? Signal { get; init; }

    /// <summary>What it wrote to standard output, byte for byte; the first bytes, where it wrote more than was to be kept.</summary>
    public ReadOnlyMemory<byte> OutputBytes { get; init; }

    /// <summary>What it wrote to standard error, byte for byte; the last bytes, where it wrote more than was to be kept.</summary>
    public ReadOnlyMemory<byte> ErrorBytes { get; init; }

    /// <summary>It wrote more to standard output than was to be kept.</summary>
    public bool IsOutputCut { get; init; }

    /// <summary>It wrote more to standard error than was to be kept.</summary>
    public bool IsErrorCut { get; init; }

    /// <summary>One of the two was cut.</summary>
    public bool IsCut => IsOutputCut || IsErrorCut;

    /// <summary>Standard output as text: UTF-8.</summary>
    public string StandardOutput => Encoding.UTF8.GetString(OutputBytes.Span);

    /// <summary>Standard error as text: UTF-8.</summary>
    public string StandardError => Encoding.UTF8.GetString(ErrorBytes.Span);

    /// <summary>When it was started, by the worker's clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From its start to its end.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Whether it exited with status 0.</summary>
    public bool IsSuccess => ExitCode == 0;

    /// <summary>The result of a program that failed its task, as <c>RemoteTaskException.Failure</c> has it; null for a task that failed for another reason.</summary>
    public static CommandResult? Of(TaskFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Type == typeof(CommandFailedException).FullName && !failure.Report.IsEmpty ? CommandResultCodec.Instance.Read(failure.Report.Span) : null;
    }

    /// <summary>How it ended: <c>exited with status 3</c>.</summary>
    internal string End => Signal is { } signal
        ? string.Create(CultureInfo.InvariantCulture, $"was ended by signal {signal}")
        : string.Create(CultureInfo.InvariantCulture, $"exited with status {ExitCode}");
}

using System.Buffers;

namespace ActorCompute.Kinds.Programs;

/// <summary>A result as bytes: what programs write is not text, and JSON would make it a third longer.</summary>
internal sealed class CommandResultCodec : ICodec<CommandResult>
{
    private CommandResultCodec()
    {
    }

    public static CommandResultCodec Instance { get; } = new();

    public void Write(CommandResult value, IBufferWriter<byte> output)
    {
        var fields = new FieldWriter(output);
        fields.SignedNumber(value.ExitCode);
        fields.SignedNumber(value.Signal ?? 0);
        fields.Truth(value.IsOutputCut);
        fields.Truth(value.IsErrorCut);
        fields.SignedNumber(value.StartedAt.UtcTicks);
        fields.SignedNumber(value.Elapsed.Ticks);
        fields.Bytes(value.OutputBytes.Span);
        fields.Bytes(value.ErrorBytes.Span);
    }

    public CommandResult Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new FieldReader(bytes);
        var (exitCode, signal) = (fields.SmallNumber(), fields.SmallNumber());
        var (isOutputCut, isErrorCut) = (fields.Truth(), fields.Truth());
        var (startedAt, elapsed) = (fields.SignedNumber(), fields.SignedNumber());
        if (startedAt < 0 || startedAt > DateTimeOffset.MaxValue.UtcTicks) throw new FormatException($"{startedAt} ticks are no time.");
        var (output, error) = (fields.Bytes(), fields.Bytes());
        fields.End();
        return new()
        {
            ExitCode = exitCode,
            Signal = signal == 0 ? null : signal,
            IsOutputCut = isOutputCut,
            IsErrorCut = isErrorCut,
            StartedAt = new(startedAt, TimeSpan.Zero),
            Elapsed = new(elapsed),
            OutputBytes = output,
            ErrorBytes = error,
        };
    }
}

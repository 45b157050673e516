namespace ActorCompute.OwnKind;

/// <summary>
/// The length of a file. Work that waits is an <see cref="IoFunction{TInput,TResult}"/>: a worker runs a thousand at a time.
/// <c>actorcompute run file-length --plugins DIR --input LIST</c>, or with <c>--param unit=KiB</c>.
/// </summary>
public sealed class FileLength : IoFunction<string, double>
{
    public override string Name => "file-length";

    public override string Summary => "Reads a file to its end and gives its length.";

    protected override IReadOnlyList<ParameterDescription> OwnParameters => [new("unit", "B (the default), KiB or MiB")];

    protected override async ValueTask<double> RunAsync(string input, TaskContext context)
    {
        var unit = context.Parameters.Optional("unit") switch
        {
            null or "B" => 1.0,
            "KiB" => 1 << 10,
            "MiB" => 1 << 20,
            var other => throw new InputException($"unit {other}: give B, KiB or MiB."),
        };
        try
        {
            await using var file = new FileStream(input, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
            var (buffer, length) = (new byte[1 << 16], 0L);
            for (int read; (read = await file.ReadAsync(buffer, context.Cancellation)) > 0;) length += read;
            return length / unit;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // Wrong input: trying again cannot help.
            throw new InputException(e.Message, e);
        }
    }
}

namespace ActorCompute;

/// <summary>A function's inputs as the tasks of a job.</summary>
internal static class FunctionPlan
{
    public static JobPlan<T> Of<T>(FunctionInputs inputs, CancellationToken cancellation)
    {
        // All that can be wrong is said before anything runs, but for standard input, which can be read only once.
        var items = inputs.Items.Select(InputText.Parse<T>).ToList();
        foreach (var range in inputs.Ranges)
        {
            InputText.OfWhole<T>(range.From);
            InputText.OfWhole<T>(range.To);
        }

        long? count = items.Count;
        foreach (var range in inputs.Ranges) count = AddUp(count, range.Count);
        var files = new List<(string File, long? Lines)>();
        foreach (var file in inputs.Files)
        {
            if (StandardInput.Is(file)) StandardInput.CheckOpen();
            long? lines = InputFile.IsReadOnce(file) ? null : CountLines<T>(file, cancellation);
            files.Add((file, lines));
            count = lines is { } more ? AddUp(count, more) : null;
        }

        if (count == 0) throw new InputException($"{string.Join(", ", inputs.Files)}: there is no input in it.");
        return new(items.Concat(inputs.Ranges.SelectMany(range => range.Numbers().Select(InputText.OfWhole<T>))).Concat(files.SelectMany(file => Lines<T>(file.File, file.Lines))), count)
        {
            Inputs = [.. files.Where(file => file.Lines is not null).Select(file => InputFile.Of(file.File))],
        };
    }

    // As many as were counted: what was written to the file since is not the job's, and what is gone from it is missed.
    private static IEnumerable<T> Lines<T>(string file, long? counted)
    {
        var read = 0L;
        foreach (var input in InputText.Lines<T>(file))
        {
            if (read == counted) yield break;
            read++;
            yield return input;
        }

        if (read < counted) throw new InputException($"{file}: had {counted} inputs when the job was planned, and has {read} now; it was changed meanwhile.");
    }

    private static long? AddUp(long? count, long more) => count is { } known && known <= long.MaxValue - more ? known + more : null;

    private static long CountLines<T>(string file, CancellationToken cancellation)
    {
        var count = 0L;
        foreach (var _ in InputText.Lines<T>(file))
        {
            if (count++ % 4096 == 0) cancellation.ThrowIfCancellationRequested();
        }

        return count;
    }
}

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
        foreach (var file in inputs.Files) count = file == "-" ? null : AddUp(count, CountLines<T>(file, cancellation));
        if (count == 0) throw new InputException($"{string.Join(", ", inputs.Files)}: there is no input in it.");
        return new(items.Concat(inputs.Ranges.SelectMany(range => range.Numbers().Select(InputText.OfWhole<T>))).Concat(inputs.Files.SelectMany(InputText.Lines<T>)), count)
        {
            Inputs = [.. inputs.Files.Where(file => file != "-").Select(InputFile.Of)],
        };
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

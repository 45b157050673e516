using System.Text;

namespace ActorCompute;

/// <summary>Inputs of a function as a person types them: text stays as it is, everything else is JSON.</summary>
internal static class InputText
{
    // A line beyond this is no input that should travel.
    private const int LongestLine = 1 << 20;

    public static T Parse<T>(string text)
    {
        if (typeof(T) == typeof(string)) return (T)(object)text;
        try
        {
            var value = ValueCodec<T>.Instance.Read(Encoding.UTF8.GetBytes(text.Trim()));
            return value is null ? throw new FormatException("null") : value;
        }
        catch (FormatException)
        {
            throw new InputException($"'{Shorten(text)}' is not {TypeWords.Of(typeof(T))}.");
        }
    }

    public static T OfWhole<T>(long number)
    {
        if (typeof(T) == typeof(string)) return (T)(object)number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            return (T)Convert.ChangeType(number, typeof(T), System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or FormatException)
        {
            throw new InputException($"{number} of the range is not {TypeWords.Of(typeof(T))}.");
        }
    }

    /// <summary>The inputs of a file, or of standard input, lazily; a line that is none is named.</summary>
    public static IEnumerable<T> Lines<T>(string file)
    {
        using var reader = Open(file);
        var number = 0L;
        while (Next(reader, file, number + 1) is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            T value;
            try
            {
                value = Parse<T>(line);
            }
            catch (InputException e)
            {
                throw new InputException($"{NameOf(file)}, line {number}: {e.Message}", e);
            }

            yield return value;
        }
    }

    private static string NameOf(string file) => StandardInput.Is(file) ? "standard input" : file;

    private static string? Next(TextReader reader, string file, long number)
    {
        try
        {
            return BoundedLine.Read(reader, LongestLine, endsAtReturn: true, () => new InputException($"{NameOf(file)}, line {number}: it has more than {LongestLine} characters; is it a text file?"));
        }
        catch (IOException e)
        {
            throw new InputException($"{NameOf(file)} cannot be read: {e.Message}", e);
        }
    }

    private static TextReader Open(string file)
    {
        if (StandardInput.Is(file)) return StandardInput.Open();
        try
        {
            return new StreamReader(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{file}: {FileProblem.Missing(file)}", e);
        }
        catch (Exception e) when (FileProblem.IsOne(e))
        {
            throw new InputException($"{file} cannot be read: {(Directory.Exists(file) ? "it is a folder." : e.Message)}", e);
        }
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}

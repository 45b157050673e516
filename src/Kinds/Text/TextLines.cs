namespace ActorCompute.Kinds;

/// <summary>The lines of a text file that a person named, also of one compressed by gzip or bgzip.</summary>
internal static class TextLines
{
    /// <summary>The lines, one by one, without their ends: LF, or CR and LF.</summary>
    /// <exception cref="InputException">The file cannot be read, or a line is longer than that: it is no text file.</exception>
    public static IEnumerable<string> Read(string path, int longest)
    {
        using var text = Open(path);
        for (var line = 1L; ReadLine(text, path, line, longest) is { } read; line++) yield return read;
    }

    private static TextReader Open(string path)
    {
        if (StandardInput.Is(path)) return StandardInput.Open();
        try
        {
            if (FileStatus.Of(path).Type == FileType.Folder) throw new InputException($"{path}: is a folder, not a file.");
            return new StreamReader(GzipText.Open(File.OpenRead(path)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or (ArgumentException and not InputException))
        {
            throw new InputException($"{path}: {FileProblem.Missing(path)}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }

    private static string? ReadLine(TextReader reader, string path, long line, int longest)
    {
        try
        {
            return BoundedLine.Read(reader, longest, endsAtReturn: false, () => new InputException($"{path}, line {line}: longer than {longest} characters; is it a text file?"));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }
}

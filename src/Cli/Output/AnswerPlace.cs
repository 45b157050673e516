using System.Globalization;

namespace ActorCompute.Cli.Output;

/// <summary>
/// Where <c>--out</c> puts an answer. Links are followed, as <c>cp</c> does; a file that the job reads, or one that holds
/// anything but text, is not written over.
/// </summary>
/// <param name="Given">The path as it was typed.</param>
/// <param name="Target">The file behind all links, whole.</param>
/// <param name="Type">What is there now.</param>
/// <param name="Format">How the answer is written.</param>
internal sealed record AnswerPlace(string Given, string Target, FileType Type, OutputFormat Format)
{
    // Gzip and BGZF (BAM, CSI), BAM without compression, BAI, CSI, CRAM, a journal.
    private static readonly byte[][] Precious = [[0x1F, 0x8B], [.. "BAM\x01"u8], [.. "BAI\x01"u8], [.. "CSI\x01"u8], [.. "CRAM"u8], [0x8A, .. "ACJ"u8]];

    /// <summary>Whether the answer goes straight there, as it comes: a pipe, a device, what the shell has opened.</summary>
    public bool IsStream => Type is FileType.Pipe or FileType.CharacterDevice || Descriptor is not null;

    /// <summary>The number of an open file of this process that the path names, as <c>/dev/stdout</c> or what a shell makes of <c>&gt;(command)</c>.</summary>
    public int? Descriptor => DescriptorOf(Given);

    /// <summary>Looks at a place before anything runs.</summary>
    /// <param name="path">As it was typed.</param>
    /// <param name="format">The format asked for, or null.</param>
    /// <param name="read">The files that must stay as they are.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="InputException">No answer can be put there.</exception>
    public static AnswerPlace Of(string path, OutputFormat? format, IEnumerable<string> read, string option = "--out")
    {
        try
        {
            return Look(path, format, read, option);
        }
        catch (Exception e) when (FileProblem.IsOne(e))
        {
            throw Refused(option, path, $"it cannot be written: {e.Message}", e);
        }
    }

    private static AnswerPlace Look(string path, OutputFormat? format, IEnumerable<string> read, string option)
    {
        var status = FileStatus.Of(path);
        if (DescriptorOf(path) is not null)
        {
            return status.Type == FileType.Missing ? throw Refused(option, path, "it is not open.") : new(path, path, status.Type, format ?? OutputFormat.Tsv);
        }

        switch (status.Type)
        {
            case FileType.Folder: throw Refused(option, path, "it is a folder; name a file in it.");
            case FileType.BlockDevice: throw Refused(option, path, "it is a disk; name a file.");
            case FileType.Socket or FileType.Other: throw Refused(option, path, "it is not a file; name a file.");
            case FileType.Missing when new FileInfo(path).LinkTarget is { } nowhere: throw Refused(option, path, $"it is a link to {nowhere}, which is not there; remove the link, or name that file.");
        }

        // Whole first: the target of a relative link is not looked for where the link is.
        var whole = Path.GetFullPath(path);
        var target = status.Type == FileType.Missing ? whole : File.ResolveLinkTarget(whole, returnFinalTarget: true)?.FullName ?? whole;
        if (!Directory.Exists(Path.GetDirectoryName(target))) throw Refused(option, path, $"there is no folder {Path.GetDirectoryName(target)}.");
        if (read.FirstOrDefault(file => IsSame(target, status, file)) is { } input) throw Refused(option, path, $"the job reads or writes that file itself ({input}); name another.");
        if (status.Type == FileType.Regular && HoldsData(target)) throw Refused(option, path, "there is a file that holds no answer, but compressed or binary data (BAM, an index, a journal); remove it first, or name another.");
        var chosen = format ?? AnswerWriters.FormatOf(path);
        if (status.Type is FileType.Pipe or FileType.CharacterDevice) chosen ??= OutputFormat.Tsv;
        return new(path, target, status.Type, chosen ?? throw Refused(option, path, $"its ending names no format; use {AnswerWriters.KnownEndings}, or say --format."));
    }

    private static bool IsSame(string target, FileStatus status, string file)
    {
        if (Path.GetFullPath(file) == target) return true;
        var other = FileStatus.Of(file);
        return status.Identity is { } identity && other.Identity == identity;
    }

    private static bool HoldsData(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var start = new byte[4];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return Precious.Any(magic => start.AsSpan(0, read).StartsWith(magic));
    }

    private static int? DescriptorOf(string path)
    {
        if (OperatingSystem.IsWindows()) return null;
        if (path == "/dev/stdout") return 1;
        if (path == "/dev/stderr") return 2;
        var number = path.StartsWith("/dev/fd/", StringComparison.Ordinal) ? path["/dev/fd/".Length..] : path.StartsWith("/proc/self/fd/", StringComparison.Ordinal) ? path["/proc/self/fd/".Length..] : "";
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor) ? descriptor : null;
    }

    private static InputException Refused(string option, string path, string why, Exception? inner = null) => new($"{option} {path}: {why}", inner!);
}

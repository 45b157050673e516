using System.Diagnostics;
using System.Globalization;

namespace ActorCompute.Support;

/// <summary>Looks into the system's table of processes.</summary>
internal static class ProcessTable
{
    /// <summary>Whether a process lives; one that has ended and was not collected by its parent does not.</summary>
    public static bool IsAlive(int id)
    {
        if (OperatingSystem.IsLinux()) return Stat(id) is { State: not ('Z' or 'X') };
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The living children of a process. Unix only.</summary>
    public static IReadOnlyList<int> ChildrenOf(int parent)
    {
        if (OperatingSystem.IsLinux()) return [.. LinuxIds().Where(id => Stat(id) is { State: not ('Z' or 'X') } stat && stat.Parent == parent)];
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("children are looked up on Unix only.");
        using var ps = Process.Start(new ProcessStartInfo("ps", "-axo pid=,ppid=") { RedirectStandardOutput = true })!;
        var rows = ps.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        ps.WaitForExit();
        return [.. rows.Where(row => Number(row[1]) == parent && Number(row[0]) != ps.Id).Select(row => Number(row[0]))];
    }

    /// <summary>The living processes that inherited a variable with this value: a started program and all that it started in turn.</summary>
    /// <param name="marker">The value, unique to one start.</param>
    /// <param name="root">The started program.</param>
    /// <param name="since">When it was started. Windows shows nobody's variables, and gives numbers of ended processes to new ones: there its children and theirs count, if they are younger.</param>
    public static IReadOnlyList<int> MarkedWith(string marker, int root, DateTime since)
    {
        if (OperatingSystem.IsLinux()) return [.. LinuxIds().Where(id => Read(id, "environ").Contains(marker, StringComparison.Ordinal) && IsAlive(id))];
        return OperatingSystem.IsWindows() ? WindowsProcesses.DescendantsOf(root, since) : ShownBy("-axEww -o pid=,stat=,command=", marker);
    }

    // ps of macOS and the BSDs shows a person the variables of their own processes behind the command. Not those of itself.
    private static List<int> ShownBy(string arguments, string marker)
    {
        using var ps = Process.Start(new ProcessStartInfo("ps", arguments) { RedirectStandardOutput = true })!;
        var rows = ps.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        ps.WaitForExit();
        return [.. rows
            .Where(row => row.Contains(marker, StringComparison.Ordinal))
            .Select(row => row.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => !fields[1].StartsWith('Z') && Number(fields[0]) != ps.Id)
            .Select(fields => Number(fields[0]))];
    }

    private static IEnumerable<int> LinuxIds() =>
        Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => char.IsAsciiDigit(name![0])).Select(name => Number(name!));

    // "1234 (name, which may hold anything) S 1 …": state and parent stand behind the last bracket.
    private static (char State, int Parent)? Stat(int id)
    {
        var text = Read(id, "stat");
        var end = text.LastIndexOf(')');
        if (end < 0) return null;
        var fields = text[(end + 2)..].Split(' ');
        return (fields[0][0], Number(fields[1]));
    }

    // Empty for a process that is gone, or another person's.
    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}

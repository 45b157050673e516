namespace ActorCompute.Hosting;

/// <summary>Where a person's programs on one machine find the secret of the cluster that they start there.</summary>
public static class SecretFile
{
    // Making the file takes a blink; whoever holds it longer than this does something else with it.
    private static readonly TimeSpan ClaimBound = TimeSpan.FromSeconds(5);

    /// <summary>The file in the person's own data folder.</summary>
    public static string DefaultPath => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data
            ? data
            : Path.GetTempPath(),
        "actorcompute", "secret");

    /// <summary>The secret from the environment, else from the file.</summary>
    /// <exception cref="InputException">Neither is there, or it cannot be used.</exception>
    public static ClusterSecret Find(string? path = null)
    {
        if (path is null && Environment.GetEnvironmentVariable(ClusterSecret.EnvironmentVariable) is { Length: > 0 } text) return ClusterSecret.FromText(text);
        path ??= DefaultPath;
        return File.Exists(path)
            ? Read(path)
            : throw new InputException($"no cluster secret: set {ClusterSecret.EnvironmentVariable}, or copy the seed's secret file to {path}.");
    }

    /// <summary>As <see cref="Find"/>, and makes the file, readable by its owner alone, if there is neither.</summary>
    public static ClusterSecret FindOrCreate(string? path = null)
    {
        if (path is null && Environment.GetEnvironmentVariable(ClusterSecret.EnvironmentVariable) is { Length: > 0 } text) return ClusterSecret.FromText(text);
        path ??= DefaultPath;
        // Where it is given, it may lie where nothing can be written.
        if (File.Exists(path)) return Read(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            // Moving without overwriting looks first and renames then: of two makers both could win, each with a secret of its own.
            using var claim = Claim(path + ".claim");
            if (!File.Exists(path)) Make(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the secret file {path} could not be made: {e.Message}", e);
        }

        return Read(path);
    }

    /// <summary>Holds a file that only one program at a time can; the system lets go of it even when that one is killed.</summary>
    private static FileStream Claim(string path)
    {
        Exception? last = null;
        FileStream? claim = null;
        SpinWait.SpinUntil(() => TryClaim() is not null, ClaimBound);
        return claim ?? throw new IOException($"another program holds {path}: {last?.Message}", last);

        FileStream? TryClaim()
        {
            try
            {
                return claim = new(path, Private(FileMode.OpenOrCreate, FileOptions.DeleteOnClose));
            }
            catch (Exception e) when (e is IOException || (e is UnauthorizedAccessException && OperatingSystem.IsWindows()))
            {
                // On Windows a file that is just being deleted may not be opened.
                last = e;
                return null;
            }
        }
    }

    /// <summary>Written under a name of its own and moved: a reader never sees half a secret.</summary>
    private static void Make(string path)
    {
        // Not by process id: in a container each life has the same, and a draft may be left from the last.
        var draft = $"{path}.{Path.GetRandomFileName()}";
        using (var writer = new StreamWriter(draft, Private(FileMode.CreateNew))) writer.Write(ClusterSecret.Create().Text);
        File.Move(draft, path);
    }

    private static FileStreamOptions Private(FileMode mode, FileOptions more = FileOptions.None)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None, Options = more };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static ClusterSecret Read(string path)
    {
        try
        {
            const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0)
            {
                throw new InputException($"others can read or write the secret file {path}; make it its owner's alone (mode 600).");
            }

            return ClusterSecret.FromText(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the secret file {path} could not be read: {e.Message}", e);
        }
    }
}

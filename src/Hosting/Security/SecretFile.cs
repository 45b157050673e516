namespace ActorCompute.Hosting;

/// <summary>Where a person's programs on one machine find the secret of the cluster that they start there.</summary>
public static class SecretFile
{
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
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            // Written to a name of its own first and moved: a reader never sees half a secret, and of two writers one wins.
            var draft = $"{path}.{Environment.ProcessId}";
            using (var writer = new StreamWriter(draft, options)) writer.Write(ClusterSecret.Create().Text);
            try
            {
                File.Move(draft, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(draft);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the secret file {path} could not be made: {e.Message}", e);
        }

        return Read(path);
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

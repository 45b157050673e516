using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace ActorCompute.Processes;

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
        using (var writer = new StreamWriter(OpenDraft(draft))) writer.Write(ClusterSecret.Create().Text);
        if (IsOpenToOthers(draft))
        {
            // A disk of Windows under Linux, a share, a memory stick: all of it has one and the same owner and mode.
            File.Delete(draft);
            throw new InputException($"the file system of {path} keeps no permissions, so a secret there would be everybody's; name another place with --secret-file, or set {ClusterSecret.EnvironmentVariable}.");
        }

        File.Move(draft, path);
    }

    private static FileStream OpenDraft(string draft) => OperatingSystem.IsWindows() ? OpenOwned(draft) : new(draft, Private(FileMode.CreateNew));

    /// <summary>On Windows a file has the rights of its folder, unless it is made with its own: the person's alone, and none inherited.</summary>
    [SupportedOSPlatform("windows")]
    private static FileStream OpenOwned(string draft)
    {
        using var self = WindowsIdentity.GetCurrent();
        var rights = new FileSecurity();
        rights.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        if (self.User is { } user) rights.AddAccessRule(new(user, FileSystemRights.FullControl, AccessControlType.Allow));
        return new FileInfo(draft).Create(FileMode.CreateNew, FileSystemRights.Write, FileShare.None, bufferSize: 4096, FileOptions.None, rights);
    }

    private static bool IsOpenToOthers(string path)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0;
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
            if (IsOpenToOthers(path))
            {
                throw new InputException($"others can read or write the secret file {path}; make it its owner's alone (mode 600), on a disk that keeps permissions.");
            }

            return ClusterSecret.FromText(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the secret file {path} could not be read: {e.Message}", e);
        }
    }
}

namespace ActorCompute.Client.Large;

/// <summary>Files that go with the process, also when it is killed.</summary>
internal static class TemporaryFile
{
    /// <param name="length">Bytes that are set aside for it, where the file system does so.</param>
    /// <exception cref="IOException">There is no place for it.</exception>
    public static FileStream Create(long length)
    {
        var path = Path.Combine(Path.GetTempPath(), $"actorcompute-{Guid.NewGuid():N}.result");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete | FileShare.ReadWrite,
            BufferSize = 0,
            PreallocationSize = length,
            Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // Without a name it ends with the last handle, whatever ends the process; Windows does the same by the option.
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return file;
    }
}

namespace ActorCompute.Support;

/// <summary>
/// Held by one test run of a machine at a time: <c>dotnet test</c> on a solution runs projects side by side, and suites that
/// start processes and measure seconds would starve each other.
/// </summary>
internal sealed class MachineLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly FileStream _file;

    private MachineLock(FileStream file) => _file = file;

    public static async Task<MachineLock> TakeAsync()
    {
        // One file for each person, who could not open another's. It stays when it is released: to delete it would let a
        // second run lock a file of that name that a third cannot see.
        var path = Path.Combine(Path.GetTempPath(), $"actorcompute-process-tests-{Environment.UserName}.lock");
        FileStream? file = null;
        await Poll.UntilAsync($"the lock {path} of suites that start processes", Patience, () => TryOpen(path, out file));
        return new(file!);
    }

    public void Dispose() => _file.Dispose();

    private static bool TryOpen(string path, out FileStream? file)
    {
        try
        {
            file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            file = null;
            return false;
        }
    }
}

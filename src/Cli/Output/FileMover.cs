namespace ActorCompute.Cli.Output;

/// <summary>
/// Puts a file in the place of another. Windows does not let go of one that somebody has open: a viewer, a search index, a virus
/// scanner, most of them for a moment. So it is tried again for a while there.
/// </summary>
/// <param name="move">Moves once.</param>
/// <param name="patience">How long to try again.</param>
/// <param name="time">The clock.</param>
internal sealed class FileMover(Action<string, string> move, TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static FileMover Instance { get; } = new(
        (from, to) => File.Move(from, to, overwrite: true), OperatingSystem.IsWindows() ? TimeSpan.FromSeconds(2) : TimeSpan.Zero, TimeProvider.System);

    /// <exception cref="IOException">It could not be moved in time.</exception>
    public async Task MoveAsync(string from, string to)
    {
        var startedAt = time.GetTimestamp();
        while (true)
        {
            try
            {
                move(from, to);
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (time.GetElapsedTime(startedAt) >= patience) throw new IOException($"{to} cannot be replaced: {e.Message}", e);
            }

            await Task.Delay(Pause, time).ConfigureAwait(false);
        }
    }
}

namespace ActorCompute.Hosting;

/// <summary>Watches the pipe that a parent holds: it ends when the parent does.</summary>
public static class ParentPipe
{
    /// <summary>Calls back once, when the parent has closed the pipe or is gone.</summary>
    public static void OnClosed(TextReader input, Action closed)
    {
        // A thread of its own: a pool that is busy or blocked must not keep an orphan alive.
        var watcher = new Thread(() =>
        {
            try
            {
                while (input.ReadLine() is not null)
                {
                }
            }
            catch (IOException)
            {
            }

            closed();
        })
        { IsBackground = true, Name = "parent-pipe" };
        watcher.Start();
    }
}

using ActorCompute.Compare.Running;

namespace ActorCompute.Compare.Peers;

/// <summary>A program on the path that is run whole, process start included.</summary>
internal static class CommandPeer
{
    /// <param name="program">Its file name.</param>
    /// <param name="package">What brings it.</param>
    /// <param name="arguments">Its arguments; with the program its name in the table, but for those with a path.</param>
    /// <param name="answer">Takes what it wrote; to check it.</param>
    public static Contender Create(string program, string package, IReadOnlyList<string> arguments, Action<string, string> answer)
    {
        var name = string.Join(' ', arguments.Where(argument => !Path.IsPathRooted(argument)).Prepend(program));
        return ProgramPath.Find(program) is { } path
            ? new(name, async cancellation =>
            {
                var run = await CommandRun.RunAsync(path, arguments, cancellation).ConfigureAwait(false);
                answer(name, run.Output);
                return run.Seconds;
            })
            : Contender.NotHere(name, $"{program} is not on the path; apt-get install {package}");
    }
}

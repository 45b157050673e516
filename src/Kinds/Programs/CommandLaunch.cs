namespace ActorCompute.Kinds.Programs;

/// <summary>One program to start, everything put in.</summary>
/// <param name="Words">The program and its arguments, each as it is. With <see cref="ShellText"/>: the values of its variables.</param>
internal sealed record CommandLaunch(IReadOnlyList<string> Words)
{
    /// <summary>What the system's shell is to run; null for a program without a shell.</summary>
    public string? ShellText { get; init; }

    /// <summary>The folder it is started in; null for the worker's own.</summary>
    public string? Folder { get; init; }

    /// <summary>Bytes of standard output, and of standard error, that are kept.</summary>
    public int MaxOutput { get; init; }

    /// <summary>What people call it.</summary>
    public string Name => ShellText is null ? Words[0] : OperatingSystem.IsWindows() ? "cmd" : "/bin/sh";

    /// <summary>The variable of cmd's environment that holds a value of <see cref="Words"/>.</summary>
    /// <param name="index">Its index.</param>
    public static string VariableOf(int index) => Programs.ShellText.VariableOf(index + 1);
}

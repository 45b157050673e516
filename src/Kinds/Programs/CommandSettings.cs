using System.Globalization;

namespace ActorCompute.Kinds.Programs;

/// <summary>What a job of commands was asked for.</summary>
/// <param name="Words">The program and its arguments, with placeholders; with <paramref name="IsShell"/> what the shell runs.</param>
/// <param name="IsShell">A shell runs it.</param>
/// <param name="Folder">The folder to run in; null for the worker's own.</param>
/// <param name="MaxOutput">Bytes of each of its two outputs that are kept.</param>
/// <param name="AnyStatus">A program that exits with another status than 0 has not failed.</param>
internal sealed record CommandSettings(IReadOnlyList<string> Words, bool IsShell, string? Folder, int MaxOutput, bool AnyStatus)
{
    public const string Word = "word";
    public const string Shell = "shell";
    public const string FolderName = "folder";
    public const string MaxOutputName = "max-output";
    public const string AnyStatusName = "any-status";

    public const int DefaultMaxOutput = 1 << 20;

    /// <summary>Both outputs with what goes with them are one result, of which two fit into one message.</summary>
    public const int LargestMaxOutput = (2 << 20) - (4 << 10);

    public static IReadOnlyList<ParameterDescription> Parameters { get; } =
    [
        new(Word, "the program, then its arguments, with {}, {.}, {/}, {//}, {/.}, {#} where the input goes", IsRequired: true, IsRepeatable: true),
        new(Shell, "true: the words are one command for the system's shell"),
        new(FolderName, "the folder on the worker to run in; default: the worker's own"),
        new(MaxOutputName, "bytes of standard output, and of standard error, that are kept of each (65536, 64K, 1M); default 1M, at most 2044K"),
        new(AnyStatusName, "true: an exit status other than 0 is a result like any other, and no failure"),
    ];

    /// <exception cref="InputException">A value is wrong.</exception>
    public static CommandSettings Read(ParameterValues values)
    {
        var words = values.All(Word);
        if (words.Count == 0 || words[0].Length == 0) throw new InputException("the program is missing.");
        if (words.Any(HasNull)) throw new InputException("no word of a command can hold a character 0.");
        var settings = new CommandSettings(words, Truth(values, Shell), values.Optional(FolderName), Size(values), Truth(values, AnyStatusName));
        // A placeholder between quotation marks is found before anything runs.
        if (settings.IsShell) settings.LaunchFor("", 1);
        return settings;
    }

    /// <summary>The program for one input.</summary>
    /// <exception cref="InputException">The input cannot be put in.</exception>
    public CommandLaunch LaunchFor(string input, long number)
    {
        if (HasNull(input)) throw new InputException("the input has a character 0, which no argument can hold.");
        if (!IsShell) return new(WordsFor(input, number)) { Folder = Folder, MaxOutput = MaxOutput };
        var shell = ShellText.Of(string.Join(' ', Words), input, number, OperatingSystem.IsWindows());
        return new(shell.Values) { ShellText = shell.Text, Folder = Folder, MaxOutput = MaxOutput };
    }

    /// <summary>The same as a person would type it.</summary>
    public string Show(string input, long number)
    {
        if (!IsShell) return ShownCommand.Of(WordsFor(input, number));
        var text = string.Join(' ', Words);
        return Placeholders.AreIn(text) ? Placeholders.Fill(text, ShownCommand.Quote(input), number) : $"{text} {ShownCommand.Quote(input)}";
    }

    private IReadOnlyList<string> WordsFor(string input, long number) =>
        Words.Any(Placeholders.AreIn) ? [.. Words.Select(word => Placeholders.Fill(word, input, number))] : [.. Words, input];

    private static bool HasNull(string text) => text.Contains('\0', StringComparison.Ordinal);

    private static bool Truth(ParameterValues values, string name) => values.Optional(name) switch
    {
        null or "false" => false,
        "true" => true,
        { } other => throw new InputException($"{name}={other}: give true or false."),
    };

    private static int Size(ParameterValues values)
    {
        if (values.Optional(MaxOutputName) is not { } text) return DefaultMaxOutput;
        var digits = text.TrimEnd('K', 'k', 'M', 'm');
        var shift = text[digits.Length..] switch { "" => 0, "K" or "k" => 10, "M" or "m" => 20, _ => -1 };
        if (shift < 0 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || (long)number << shift > LargestMaxOutput)
        {
            throw new InputException($"{MaxOutputName}={text}: give bytes, 0 to {LargestMaxOutput}, or K or M of them; have the program write more into a file.");
        }

        return number << shift;
    }
}

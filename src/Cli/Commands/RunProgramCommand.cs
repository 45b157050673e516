using System.CommandLine;
using ActorCompute.Cli.Output;
using ActorCompute.Cli.Running;
using ActorCompute.Kinds;

namespace ActorCompute.Cli.Commands;

/// <summary><c>run command … -- PROGRAM ARGUMENTS</c>: any program, once for each input.</summary>
internal static class RunProgramCommand
{
    public const string Name = "command";

    private const string Description = """
        Run a program once for each input: 'run command --input files.txt -- samtools view -c {}'.
        In its arguments {} is the input, {.} the input without extension, {/} its file name, {//} its folder, {/.} its file name without extension, {#} its number from 1; without any of them the input is the last argument. A program that exits with another status than 0 has failed.
        """;

    /// <summary><c>run</c> with this alone: the many options of the other kinds are not made.</summary>
    public static Command CreateAlone() => new("run", RunCommand.Description) { Create() };

    private static Command Create()
    {
        var words = new Argument<string[]>("PROGRAM") { Description = "Behind --: the program and its arguments. No shell looks at them.", Arity = ArgumentArity.ZeroOrMore };
        var items = new Option<string[]>(ItemArguments.Option) { Description = "An input. May be repeated.", AllowMultipleArgumentsPerToken = false };
        var inputs = new Option<string[]>("--input") { Description = "A file with an input on each line; - is standard input, and <(COMMAND) or a pipe is read once. May be repeated.", AllowMultipleArgumentsPerToken = false };
        var ranges = new Option<string[]>("--range") { Description = "Whole numbers as inputs: A..B or A..B..STEP. May be repeated.", AllowMultipleArgumentsPerToken = false };
        var shell = new Option<bool>("--shell") { Description = "The words are a command for the system's shell: -- 'gzip -dc {} | wc -l'. Placeholders stand outside of quotation marks; what is put in cannot become shell code." };
        var folder = new Option<string?>("--folder") { Description = "The folder on the workers to run in; the default is this one." };
        var maxOutput = new Option<string>("--max-output") { Description = "What is kept of a program's standard output (its first bytes) and of its standard error (its last): bytes, or K or M of them, at most 2044K.", DefaultValueFactory = _ => "1M" };
        var anyStatus = new Option<bool>("--any-status") { Description = "An exit status other than 0 is a result like any other: no failure, and not tried again." };
        var jobLog = JobLog.CreateOption();
        var command = new Command(Name, Description) { words, items, inputs, ranges, shell, folder, maxOutput, anyStatus, jobLog };
        var run = new JobRunOptions();
        run.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var settings = run.Read(parsed);
            var values = new ParameterValues();
            foreach (var item in parsed.GetValue(items) ?? []) values.Add("item", ItemArguments.Show(item));
            foreach (var input in parsed.GetValue(inputs) ?? []) values.Add("input", input);
            foreach (var range in parsed.GetValue(ranges) ?? []) values.Add("range", range);
            foreach (var word in WordsOf(parsed.GetValue(words) ?? [])) values.Add("word", word);
            if (parsed.GetValue(shell)) values.Add("shell", "true");
            // So that names in a list mean the same on a worker that was started elsewhere.
            values.Add("folder", Path.GetFullPath(parsed.GetValue(folder) is { Length: > 0 } given ? given : Environment.CurrentDirectory));
            values.Add("max-output", parsed.GetValue(maxOutput)!);
            if (parsed.GetValue(anyStatus)) values.Add("any-status", "true");
            if (parsed.GetValue(jobLog) is "") throw new InputException("--joblog: the name of the file is empty.");
            return JobRun.RunAsync(((IJobKind)BuiltInKinds.Command).Prepare(values), settings with { Format = settings.Format ?? FormatFor(settings.Out), JobLog = parsed.GetValue(jobLog) });
        });
        return command;
    }

    private static IEnumerable<string> WordsOf(string[] arguments)
    {
        if (arguments.FirstOrDefault(argument => !ItemArguments.IsHidden(argument)) is { } lost) throw new InputException($"'{ShownText(lost)}': write -- before the program, so that its options are its own: run command --input FILE -- PROGRAM {{}}.");
        return arguments.Length > 0 ? arguments.Select(ItemArguments.Show) : throw new InputException("the program is missing; write it behind --: run command --input FILE -- PROGRAM {}.");
    }

    private static string ShownText(string text) => Processes.ShownText.Line(text);

    // A table only for who asks for one.
    private static OutputFormat? FormatFor(string? file) => file is not null && AnswerWriters.FormatOf(file) is not null && Path.GetExtension(file) is not (".txt" or ".tab") ? null : OutputFormat.Raw;
}

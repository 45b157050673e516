using System.CommandLine;
using ActorCompute.Cli.Running;

namespace ActorCompute.Cli.Commands;

/// <summary><c>run KIND</c>: any kind, built in or of a plug-in. Programs are <see cref="RunProgramCommand"/>.</summary>
internal static class RunCommand
{
    public const string Description = "Run a job kind, or call a function for each of its inputs; 'run command' runs any program for each ('run command --help').";

    public static Command Create()
    {
        var kind = new Argument<string>("KIND") { Description = "What to run; 'actorcompute kinds' lists them." };
        var items = new Option<string[]>(ItemArguments.Option) { Description = "An input of a function: text as it is, anything else as JSON. May be repeated.", AllowMultipleArgumentsPerToken = false };
        var inputs = new Option<string[]>("--input") { Description = "A file with an input of a function on each line; - is standard input, and <(COMMAND) or a pipe is read once. May be repeated.", AllowMultipleArgumentsPerToken = false };
        var ranges = new Option<string[]>("--range") { Description = "Whole numbers as inputs of a function: A..B or A..B..STEP, for example 1..1e6. May be repeated.", AllowMultipleArgumentsPerToken = false };
        var parameters = new Option<string[]>("--param", "-p") { Description = "A parameter of the kind, NAME=VALUE. May be repeated.", AllowMultipleArgumentsPerToken = false };
        var allowCrashes = new Option<bool>("--allow-crashes") { Description = "Give the own workers the kind 'crash', which ends them; for experiments.", Hidden = true };
        var command = new Command("run", Description) { kind, items, inputs, ranges, parameters, allowCrashes };
        var run = new JobRunOptions();
        run.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var settings = run.Read(parsed);
            var found = KindCatalog.Load(run.PluginsOf(parsed)).Find(parsed.GetValue(kind)!);
            var values = new ParameterValues();
            foreach (var item in parsed.GetValue(items) ?? []) values.Add("item", ItemArguments.Show(item));
            foreach (var input in parsed.GetValue(inputs) ?? []) values.Add("input", input);
            foreach (var range in parsed.GetValue(ranges) ?? []) values.Add("range", range);
            foreach (var parameter in parsed.GetValue(parameters) ?? []) Add(values, parameter);
            return JobRun.RunAsync(found.Prepare(values), settings with { Target = settings.Target with { AllowCrashes = parsed.GetValue(allowCrashes) } });
        });
        return command;
    }

    private static void Add(ParameterValues values, string text)
    {
        var (name, value) = text.Split('=', 2) is [var left, var right] ? (left, right) : throw new InputException($"--param {text}: write NAME=VALUE.");
        values.Add(name, value);
    }
}

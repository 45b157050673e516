using System.CommandLine;
using ActorCompute.Cli.Running;
using ActorCompute.Kinds;

namespace ActorCompute.Cli.Commands;

/// <summary><c>primes test</c>, <c>primes count</c> and <c>primes list</c>.</summary>
internal static class PrimesCommand
{
    public static Command Create() => new("primes", "Test, count and list prime numbers up to 2^64-1. Numbers also as 1e10, 2^40, 1_000_000 or 1e15+1e9.")
    {
        CreateTest(),
        CreateRange("count", "Count the primes p with A <= p <= B.", BuiltInKinds.PrimesCount, mustBeOrdered: false),
        CreateRange("list", "List the primes p with A <= p <= B in ascending order, a number a line.", BuiltInKinds.PrimesList, mustBeOrdered: true),
    };

    private static Command CreateTest()
    {
        var numbers = new Argument<string[]>("N") { Description = "Numbers to test.", Arity = ArgumentArity.ZeroOrMore };
        var file = new Option<string?>("--from-file") { Description = "A text file with a number on each line; what follows a # is skipped. - is standard input." };
        var command = new Command("test", "Say for each number whether it is prime.") { numbers, file };
        var run = new JobRunOptions();
        run.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var values = new ParameterValues();
            foreach (var number in parsed.GetValue(numbers) ?? []) values.Add("number", number);
            if (parsed.GetValue(file) is { } path) values.Add("from-file", path);
            return JobRun.RunAsync(((IJobKind)BuiltInKinds.PrimesTest).Prepare(values), run.Read(parsed));
        });
        return command;
    }

    private static Command CreateRange(string name, string description, IJobKind kind, bool mustBeOrdered)
    {
        var from = new Argument<string>("A") { Description = "First number." };
        var to = new Argument<string>("B") { Description = "Last number, included." };
        var command = new Command(name, description) { from, to };
        var run = new JobRunOptions();
        run.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var values = new ParameterValues().Add("from", parsed.GetValue(from)!).Add("to", parsed.GetValue(to)!);
            var settings = run.Read(parsed);
            return JobRun.RunAsync(kind.Prepare(values), mustBeOrdered ? settings with { Ordered = true } : settings);
        });
        return command;
    }
}

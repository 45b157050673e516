using System.CommandLine;
using ActorCompute.Cli.Output;
using ActorCompute.Cli.Running;
using ActorCompute.Processes;

namespace ActorCompute.Cli.Commands;

/// <summary><c>kinds</c>: what can be run, with parameters and where each kind comes from.</summary>
internal static class KindsCommand
{
    public static Command Create()
    {
        var plugins = new Option<string[]>("--plugins") { Description = "Folder with assemblies that bring job kinds; may be repeated.", AllowMultipleArgumentsPerToken = false };
        var format = new Option<OutputFormat?>("--format") { Description = "How the list is written; the default is table on a terminal and tsv elsewhere." };
        var command = new Command("kinds", "List the job kinds that can be run.") { plugins, format };
        command.SetAction(parsed =>
        {
            var catalog = KindCatalog.Load(parsed.GetValue(plugins) ?? []);
            using var output = AnswerWriters.OutputOf(parsed);
            var schema = new ResultSchema([new("kind"), new("version"), new("summary"), new("parameters"), new("origin")]);
            var writer = AnswerWriters.Create(parsed.GetValue(format), schema, output, !Console.IsOutputRedirected);
            foreach (var (kind, origin) in catalog.Entries)
            {
                writer.Row(new([kind.Name, kind.Version, kind.Summary, string.Join(", ", kind.Parameters.Select(Describe)), origin], null));
            }

            writer.End(new("kinds", catalog.Entries.Count, catalog.Problems.Count, TimeSpan.Zero, catalog.Problems.Count == 0, catalog.Problems));
            foreach (var problem in catalog.Problems) Console.Error.WriteLine($"warning: {problem}");
            return catalog.Problems.Count == 0 ? ExitCodes.Success : ExitCodes.SomeFailed;
        });
        return command;
    }

    private static string Describe(ParameterDescription parameter) => parameter.Name + (parameter.IsRequired ? "" : "?") + (parameter.IsRepeatable ? "*" : "");
}

using System.CommandLine;
using ActorCompute.Cli.Output;
using ActorCompute.Cli.Running;
using ActorCompute.Processes;

namespace ActorCompute.Cli.Commands;

/// <summary><c>resume DIR</c>: goes on with the job of a journal.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The folder that the job was given with --journal." };
        var salvage = new Option<bool>("--salvage") { Description = "Leave out what is damaged in the middle of the journal instead of refusing; what it held is run again." };
        var command = new Command("resume", "Go on with the job of a journal: run what is missing or failed, and give the whole answer.") { folder, salvage };
        var jobLog = JobLog.CreateOption();
        command.Options.Add(jobLog);
        var run = new JobRunOptions();
        run.AddAllButJournalTo(command);
        command.SetAction((parsed, _) =>
        {
            if (parsed.GetValue(folder) is not { Length: > 0 } given) throw new InputException("the name of the journal's folder is empty.");
            var path = Path.GetFullPath(given);
            JournalReport journal;
            try
            {
                journal = JournalReport.ReadJob(path);
            }
            catch (JournalException e)
            {
                return Task.FromResult(CommandLine.Fail(e.Message, ExitCodes.BadInput));
            }

            var settings = run.Read(parsed, journal.Settings);
            IReadOnlyList<string> plugins = [.. run.PluginsOf(parsed).Select(Path.GetFullPath)];
            if (plugins.Count == 0) plugins = [.. journal.Settings.Where(kept => kept.Key.StartsWith(JournalSettings.PluginPrefix, StringComparison.Ordinal)).Select(kept => kept.Value)];
            settings = settings with
            {
                Out = settings.Out is { } file ? Path.GetFullPath(file) : null,
                JobLog = parsed.GetValue(jobLog) is { } log ? Path.GetFullPath(log) : null,
                Events = settings.Events is { } events ? Path.GetFullPath(events) : null,
                Target = settings.Target with
                {
                    Plugins = plugins,
                    SecretFile = settings.Target.SecretFile is { } secret ? Path.GetFullPath(secret) : null,
                    TlsCertificate = settings.Target.TlsCertificate is { } certificate ? Path.GetFullPath(certificate) : null,
                },
                Journal = new(path, Resumes: true, parsed.GetValue(salvage)),
            };
            // Paths among the parameters are as they were given then; those of this command line were made whole above.
            if (Directory.Exists(journal.WorkingFolder)) Environment.CurrentDirectory = journal.WorkingFolder;
            return JobRun.RunAsync(KindCatalog.Load(plugins).Find(journal.Kind).Prepare(journal.Values), settings);
        });
        return command;
    }
}

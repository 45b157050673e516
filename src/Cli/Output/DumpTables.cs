using System.Globalization;
using ActorCompute.Processes;
using Spectre.Console;

namespace ActorCompute.Cli.Output;

/// <summary>A job's account for people.</summary>
internal static class DumpTables
{
    public static void Write(JobDumpReport dump, TextWriter output, bool isTerminal)
    {
        var console = TableConsole.On(output, isTerminal);
        var job = dump.Job;
        var total = job.Total is { } all ? string.Create(CultureInfo.InvariantCulture, $" of {all:N0}") : "";
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ShownText.Line(job.Id)}, {ShownText.Line(job.Kind)}, since {job.Age.TotalSeconds:F1} s: {job.Done:N0}{total} done, {job.Failed:N0} of them failed"));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{job.InFlight:N0} with workers, {dump.Waiting:N0} waiting, {dump.Delayed:N0} before a retry, {dump.Isolated:N0} waiting for a worker of their own; {dump.Resent:N0} sent again, {dump.Late:N0} late answers"));

        if (dump.WaitsFor is { } reason) console.WriteLine($"nothing is sent: {ShownText.Line(reason)}");
        if (job.WaitsForWorkers) console.WriteLine("no worker takes part: the job waits and goes on as soon as one registers");

        var workers = new FittingTable([("worker", false), ("host", false), .. TableConsole.Numbers("pid", "slots", "chunks", "last lease"), ("state", false)]);
        foreach (var worker in dump.Workers)
        {
            workers.AddRow(TableConsole.Cells(worker.Name, worker.Host, worker.ProcessId, worker.Slots, worker.Chunks, Ago(worker.LastLease), worker.IsLeaving ? "leaving" : "takes tasks"));
        }

        workers.Write(console, isTerminal);
        if (dump.Tasks.Count == 0) return;
        var tasks = new FittingTable([.. TableConsole.Numbers("task", "attempt", "worker", "chunk", "sent", "runs for", "deaths")]);
        foreach (var task in dump.Tasks)
        {
            var runs = task.Running is { } running ? string.Create(CultureInfo.InvariantCulture, $"{running.TotalSeconds:F1} s") : "waits";
            tasks.AddRow(TableConsole.Cells(task.Number, task.Attempt, task.Worker, task.Chunk, Ago(task.Sent), runs, task.WorkerDeaths));
        }

        tasks.Write(console, isTerminal);
    }

    private static string Ago(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s ago");
}

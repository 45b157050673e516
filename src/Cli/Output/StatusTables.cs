using System.Globalization;
using ActorCompute.Processes;
using Spectre.Console;

namespace ActorCompute.Cli.Output;

/// <summary>A cluster's state for people.</summary>
internal static class StatusTables
{
    public static void Write(ClusterReport report, TextWriter output, bool isTerminal)
    {
        var console = TableConsole.On(output, isTerminal);
        console.WriteLine(ShownText.Line($"seed {report.Seed}, up for {Time(report.Age)}, ActorCompute {report.Version} on {report.Engine}"));
        var (slots, busy) = (report.Workers.Sum(worker => worker.Slots), report.Workers.Sum(worker => worker.Busy));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Workers.Count} workers, {busy} of {slots} slots busy; {report.Clients.Count} clients, {report.Clients.Sum(client => client.Jobs.Count)} jobs"));

        if (report.Workers.Count > 0)
        {
            // Of interest only where one was started again.
            var hasEnds = report.Workers.Any(worker => worker.PreviousEnd is not null);
            var hasResources = report.Workers.Any(worker => !worker.Resources.IsEmpty);
            var workers = new FittingTable([("worker", false), ("host", false), .. TableConsole.Numbers("pid", "life", "slots", "busy", "waiting I/O", "tasks done", "heard"), .. hasResources ? new[] { ("resources", false), ("reserved", false) } : [], .. hasEnds ? new[] { ("its last process", false) } : []]);
            foreach (var worker in report.Workers)
            {
                object[] cells = [worker.Name, worker.Host, worker.ProcessId, worker.Incarnation, worker.Slots, worker.Busy, worker.BusyIo, Amount(worker.Tasks), Time(worker.Silent) + " ago"];
                workers.AddRow(TableConsole.Cells([.. cells, .. hasResources ? [worker.Resources.ToString(), worker.Reserved.ToString()] : Array.Empty<object>(), .. hasEnds ? [Reason(worker.PreviousEnd)] : Array.Empty<object>()]));
            }

            workers.Write(console, isTerminal);
        }

        if (report.Clients.Count == 0) return;
        var jobs = new FittingTable([("client", false), ("job", false), ("kind", false), .. TableConsole.Numbers("done", "failed", "with workers", "of", "since"), ("state", false)]);
        foreach (var client in report.Clients)
        {
            var who = $"process {client.ProcessId.ToString(CultureInfo.InvariantCulture)} on {client.Host}";
            if (client.Jobs.Count == 0) jobs.AddRow(TableConsole.Cells(who, "none now", "", "", "", "", "", "", ""));
            foreach (var job in client.Jobs) jobs.AddRow(TableConsole.Cells(who, job.Id, job.Kind, Amount(job.Done), Amount(job.Failed), Amount(job.InFlight), job.Total is { } total ? Amount(total) : "", Time(job.Age), job.WaitsForWorkers ? "waits for workers" : "runs"));
        }

        jobs.Write(console, isTerminal);
    }

    // Without the last lines that it wrote, which --json has.
    private static string Reason(string? end) => end?.Split("; it said: ", 2)[0] ?? "";

    private static string Amount(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(TimeSpan time) => time.TotalMinutes < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s")
        : time.ToString(time.TotalDays < 1 ? "h':'mm':'ss" : "d'd 'h':'mm':'ss", CultureInfo.InvariantCulture);
}

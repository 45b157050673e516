using System.CommandLine;
using System.Text.Json;
using ActorCompute.Cli.Output;

namespace ActorCompute.Cli.Commands;

/// <summary><c>status</c>: workers, slots, clients and their jobs.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object instead of tables." };
        var command = new Command("status", "Show a cluster's workers with their slots, and its clients with their jobs.") { json };
        var cluster = new ClusterOptions();
        cluster.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (seed, options) = cluster.Read(parsed);
            var report = await new ClusterAdmin(seed, options).StatusAsync(cancellation).ConfigureAwait(false);
            await using var output = AnswerWriters.StandardOutput();
            if (parsed.GetValue(json)) WriteJson(report, output);
            else StatusTables.Write(report, output, !Console.IsOutputRedirected);
        });
        return command;
    }

    private static void WriteJson(ClusterReport report, TextWriter output)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("seed", report.Seed);
            writer.WriteString("version", report.Version);
            writer.WriteString("engine", report.Engine);
            Seconds(writer, "age_seconds", report.Age);
            writer.WriteStartArray("workers");
            foreach (var worker in report.Workers) Write(writer, worker);
            writer.WriteEndArray();
            writer.WriteStartArray("clients");
            foreach (var client in report.Clients) Write(writer, client);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    private static void Write(Utf8JsonWriter writer, WorkerReport worker)
    {
        writer.WriteStartObject();
        writer.WriteString("id", worker.Id);
        writer.WriteString("name", worker.Name);
        writer.WriteString("host", worker.Host);
        writer.WriteNumber("pid", worker.ProcessId);
        writer.WriteNumber("incarnation", worker.Incarnation);
        writer.WriteNumber("slots", worker.Slots);
        writer.WriteNumber("busy", worker.Busy);
        writer.WriteNumber("busy_io", worker.BusyIo);
        writer.WriteNumber("tasks", worker.Tasks);
        Amounts(writer, "resources", worker.Resources);
        Amounts(writer, "reserved", worker.Reserved);
        writer.WriteString("version", worker.Version);
        writer.WriteString("previous_end", worker.PreviousEnd);
        Seconds(writer, "silent_seconds", worker.Silent);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ClientReport client)
    {
        writer.WriteStartObject();
        writer.WriteString("id", client.Id);
        writer.WriteString("host", client.Host);
        writer.WriteNumber("pid", client.ProcessId);
        writer.WriteString("version", client.Version);
        Seconds(writer, "silent_seconds", client.Silent);
        writer.WriteStartArray("jobs");
        foreach (var job in client.Jobs)
        {
            writer.WriteStartObject();
            writer.WriteString("id", job.Id);
            writer.WriteString("kind", job.Kind);
            writer.WriteNumber("done", job.Done);
            writer.WriteNumber("failed", job.Failed);
            writer.WriteNumber("in_flight", job.InFlight);
            if (job.Total is { } total) writer.WriteNumber("total", total);
            else writer.WriteNull("total");
            Seconds(writer, "age_seconds", job.Age);
            writer.WriteBoolean("waits_for_workers", job.WaitsForWorkers);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Amounts(Utf8JsonWriter writer, string name, Resources resources)
    {
        writer.WriteStartObject(name);
        foreach (var (resource, amount) in resources.Amounts) writer.WriteNumber(resource, amount);
        writer.WriteEndObject();
    }

    private static void Seconds(Utf8JsonWriter writer, string name, TimeSpan time) => writer.WriteNumber(name, Math.Round(time.TotalSeconds, 1));
}

using System.Diagnostics;
using System.Globalization;
using ActorCompute.Messages;
using ActorCompute.Remoting;
using Akka.Actor;

namespace ActorCompute.Transports;

/// <summary>An actor system here and one in another process, on the same transport.</summary>
internal sealed class Side
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(5);

    private readonly List<double> _tells = [];
    private readonly List<double> _medians = [];
    private readonly List<double> _percentiles = [];
    private readonly List<double> _tellCosts = [];
    private readonly List<double> _askCosts = [];
    private readonly string _kind;
    private readonly Process _process;

    private Side(string kind, ActorSystem system, Process process, IActorRef sink, IActorRef echo) =>
        (_kind, System, _process, Sink, Echo) = (kind, system, process, sink, echo);

    public ActorSystem System { get; }

    public IActorRef Sink { get; }

    public IActorRef Echo { get; }

    public static async Task<Side> StartAsync(string kind)
    {
        var secret = ClusterSecret.Create().Text;
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["peer", kind, secret]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        var endpoint = await process.StandardOutput.ReadLineAsync();
        var system = SystemConfig.CreateSystem(TransportKind.Configure(kind, secret));
        var scheme = ((ExtendedActorSystem)system).Provider.DefaultAddress.Protocol;
        var root = $"{scheme}://{SystemConfig.SystemName}@{endpoint}/user/";
        var sink = await system.ActorSelection(root + "sink").ResolveOne(Patience);
        return new(kind, system, process, sink, await system.ActorSelection(root + "echo").ResolveOne(Patience));
    }

    /// <summary>Processor time of both processes: what counts when others use the machine too.</summary>
    public TimeSpan Cpu()
    {
        _process.Refresh();
        using var own = Process.GetCurrentProcess();
        return _process.TotalProcessorTime + own.TotalProcessorTime;
    }

    public void Add(double tells, double median, double percentile99, double tellCost, double askCost)
    {
        _tellCosts.Add(tellCost);
        _askCosts.Add(askCost);
        _tells.Add(tells);
        _medians.Add(median);
        _percentiles.Add(percentile99);
    }

    public string Report() => string.Create(CultureInfo.InvariantCulture,
        $"{_kind,-10} tell {Median(_tells) / 1000,7:F0} k/s ({_tells.Min() / 1000:F0}-{_tells.Max() / 1000:F0})   ask median {Median(_medians),6:F1} us ({_medians.Min():F1}-{_medians.Max():F1})   99% {Median(_percentiles),6:F0} us   processor time {Median(_tellCosts):F2} us a tell, {Median(_askCosts):F1} us an ask");

    /// <summary>How often threads of the other process wake while nothing is said.</summary>
    public async Task<string> IdleAsync()
    {
        var before = Wakes();
        using var timer = new PeriodicTimer(IdleTime);
        await timer.WaitForNextTickAsync();
        var after = Wakes();
        var changed = after.Select(one => (one.Key, Rate: (one.Value - before.GetValueOrDefault(one.Key)) / IdleTime.TotalSeconds)).Where(one => one.Rate > 0).OrderByDescending(one => one.Rate).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{_kind,-10} idle: {changed.Sum(one => one.Rate):F1} wake-ups/s: {string.Join(", ", changed.Take(8).Select(one => $"{one.Key} {one.Rate:F1}"))}");
    }

    /// <summary>How long the two take to end, one after the other.</summary>
    public async Task<string> StopAsync()
    {
        var startedAt = Stopwatch.GetTimestamp();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        var between = Stopwatch.GetElapsedTime(startedAt);
        await System.Terminate().WaitAsync(Patience);
        return string.Create(CultureInfo.InvariantCulture,
            $"{_kind,-10} end of the other process {between.TotalMilliseconds:F0} ms, of this system {(Stopwatch.GetElapsedTime(startedAt) - between).TotalMilliseconds:F0} ms");
    }

    private Dictionary<string, long> Wakes() => Directory.GetDirectories($"/proc/{_process.Id}/task").ToDictionary(
        task => $"{File.ReadAllText($"{task}/comm").Trim()}:{Path.GetFileName(task)}",
        task => File.ReadLines($"{task}/status").Where(line => line.StartsWith("voluntary_ctxt_switches", StringComparison.Ordinal)).Sum(line => long.Parse(line.Split(':')[1], CultureInfo.InvariantCulture)));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

using System.Diagnostics;
using ActorCompute;
using ActorCompute.Client;

var clock = Stopwatch.StartNew();
await using var cluster = await ComputeCluster.StartLocalAsync(workers: 2);
Console.WriteLine($"started {clock.ElapsedMilliseconds} ms");
Console.WriteLine(await cluster.Submit(Functions.Square, 12L));
await foreach (var r in cluster.MapAsync(Functions.Square, Enumerable.Range(0, 10).Select(x => (long)x))) Console.Write(r + " ");
Console.WriteLine();
await foreach (var r in cluster.MapUnorderedAsync(Functions.Sleep, new[] { 3.0, 2, 1 }.Select(x => x / 10))) Console.Write($"{r.Input}:{r.Result}@{r.Run.Worker} ");
Console.WriteLine();
Console.WriteLine(await cluster.Submit((int a, int b) => a * b, 6, 7));
var f = cluster.Submit(Functions.Fail, 1L);
Console.WriteLine((await f.ExceptionAsync())!.Message);
var k = 5L;
try { _ = cluster.Submit(x => x * k, 3L); } catch (ArgumentException e) { Console.WriteLine(e.Message); }
try { _ = cluster.Submit(new Thing().Do, 3L); } catch (ArgumentException e) { Console.WriteLine(e.Message); }
var n = 300_000;
for (var round = 0; round < 3; round++)
{
    clock.Restart();
    var futures = new ComputeFuture<long>[n];
    for (var i = 0; i < n; i++) futures[i] = cluster.Submit(Functions.Square, (long)i);
    var submitted = clock.Elapsed;
    var sum = 0L;
    await foreach (var done in futures.AsCompleted()) sum += await done;
    Console.WriteLine($"submit+as_completed {n / clock.Elapsed.TotalSeconds:N0}/s (submit {submitted.TotalMilliseconds:N0} ms) {sum}");
    clock.Restart();
    var count = 0;
    await foreach (var r in cluster.MapUnorderedAsync(Functions.Square, Enumerable.Range(0, 2_000_000).Select(x => (long)x))) { count++; }
    Console.WriteLine($"map unordered {count / clock.Elapsed.TotalSeconds:N0}/s");
    var lat = new List<double>();
    for (var i = 0; i < 500; i++) { clock.Restart(); await cluster.Submit(Functions.Square, 3L); lat.Add(clock.Elapsed.TotalMilliseconds); }
    lat.Sort();
    Console.WriteLine($"latency median {lat[250]:F3} ms");
}
clock.Restart();
var sleeps = Enumerable.Range(0, 2000).Select(_ => cluster.Submit(Functions.SleepAsync, 1.0)).ToList();
await sleeps.WaitAsync();
Console.WriteLine($"2000 sleeps of 1 s: {clock.Elapsed.TotalSeconds:F2} s");

internal sealed class Thing { private readonly int _x = 3; public long Do(long x) => x + _x; }

internal static class Functions
{
    public static long Square(long x) => x * x;
    public static double Sleep(double s) { new ManualResetEventSlim().Wait(TimeSpan.FromSeconds(s)); return s; }
    public static async Task<double> SleepAsync(double s) { await Task.Delay(TimeSpan.FromSeconds(s)); return s; }
    public static long Fail(long x) => throw new InvalidOperationException($"no {x}");
}

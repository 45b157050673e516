// The kernels by themselves, one thread, in process; a folder for each subject.
// Usage: dotnet run -c Release --project bench/Kernels.Benchmarks -- --filter '*Primes*'

using ActorCompute.Kernels.Benchmarks;
using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(ShortRuns).Assembly).Run(args, new ShortRuns());

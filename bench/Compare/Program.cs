using ActorCompute.Compare;
using ActorCompute.Hosting;

return await CommandLine.RunAsync(args, CompareCommand.Create());

using ActorCompute.Compare;
using ActorCompute.Processes;

return await CommandLine.RunAsync(args, CompareCommand.Create());

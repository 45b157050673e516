using ActorCompute.Processes;
using ActorCompute.Scale;

return await CommandLine.RunAsync(args, ScaleCommand.Create());

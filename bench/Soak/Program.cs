using ActorCompute.Processes;
using ActorCompute.Soak;

return await CommandLine.RunAsync(args, SoakCommand.Create());

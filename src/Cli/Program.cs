using ActorCompute.Cli;
using ActorCompute.Hosting;

return await CommandLine.RunAsync(args, ActorComputeCommand.Create(args));

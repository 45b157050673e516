using ActorCompute.Hosting;
using ActorCompute.Scale;

return await CommandLine.RunAsync(args, ScaleCommand.Create());

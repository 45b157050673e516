using ActorCompute.Hosting;
using ActorCompute.Soak;

return await CommandLine.RunAsync(args, SoakCommand.Create());

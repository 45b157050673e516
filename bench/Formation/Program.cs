using ActorCompute.Formation;
using ActorCompute.Hosting;

return await CommandLine.RunAsync(args, FormationCommand.Create());

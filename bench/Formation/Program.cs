using ActorCompute.Formation;
using ActorCompute.Processes;

return await CommandLine.RunAsync(args, FormationCommand.Create());

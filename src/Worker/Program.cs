using ActorCompute.Hosting;
using ActorCompute.Worker;

return await CommandLine.RunAsync(args, WorkerCommand.Create());

using ActorCompute.Hosting;
using ActorCompute.Worker;
using ActorCompute.Worker.Node;

if (args.Contains(WorkerSettings.BuiltInOnlyFlag)) DynamicCode.TurnOff();
if (args is [WorkerSettings.NodeVerb, ..]) StandardStreams.WriteErrorsAsLines();
return args is [WorkerSettings.NodeVerb, ParentPipe.Flag, .. var rest]
    ? await CommandLine.GuardAsync(() => NodeProgram.RunAsync(WorkerSettings.OfNodeArguments(rest), LaunchOrder.Read(StandardStreams.Input)))
    : await CommandLine.RunAsync(args, WorkerCommand.Create());

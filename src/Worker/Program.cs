using ActorCompute.Hosting;
using ActorCompute.Worker;
using ActorCompute.Worker.Node;

if (args.Contains(WorkerSettings.BuiltInOnlyFlag)) DynamicCode.TurnOff();
return args is [WorkerSettings.NodeVerb, ParentPipe.Flag, .. var rest]
    ? await NodeProgram.GuardAsync(() => NodeProgram.RunAsync(WorkerSettings.OfNodeArguments(rest), StandardStreams.TakeInput()))
    : await CommandLine.RunAsync(args, WorkerCommand.Create());

using ActorCompute.Processes;
using ActorCompute.Worker;
using ActorCompute.Worker.Commands;
using ActorCompute.Worker.Node;

// What ends a worker's commands when that is gone: nothing that a worker needs is loaded for it.
if (args is [GroupGuard.Verb, var mark]) return GroupGuard.Run(mark);
// A keeper needs no cultures, and must start where there are none. Its node has them or not by what the keeper says.
if (args is not [WorkerSettings.NodeVerb, ..]) ChildCultures.TurnOffHere();
if (args.Contains(WorkerSettings.BuiltInOnlyFlag)) DynamicCode.TurnOff();
if (args is [WorkerSettings.NodeVerb, ..]) StandardStreams.WriteErrorsAsLines();
else ForgivingWriter.Install();
return args is [WorkerSettings.NodeVerb, ParentPipe.Flag, .. var rest]
    ? await NodeProgram.GuardAsync(() => NodeProgram.RunAsync(WorkerSettings.OfNodeArguments(rest), StandardStreams.TakeInput()))
    : await CommandLine.RunAsync(args, WorkerCommand.Create());

using ActorCompute.Processes;
using ActorCompute.Worker;
using ActorCompute.Worker.Commands;
using ActorCompute.Worker.Node;

// What ends a worker's commands when that is gone: nothing that a worker needs is loaded for it.
if (args is [GroupGuard.Verb, var mark]) return GroupGuard.Run(mark);
if (args is [NodeProgram.Verb, ..])
{
    StandardStreams.WriteErrorsAsLines();
    return await NodeProgram.RunAsync();
}

// A keeper needs no cultures, and must start where there are none. Its node has them or not by what the keeper says.
ChildCultures.TurnOffHere();
ForgivingWriter.Install();
return await CommandLine.RunAsync(args, WorkerCommand.Create());

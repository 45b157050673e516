using ActorCompute.Processes;
using ActorCompute.Seed;

if (args is [ParentPipe.Flag, ..]) StandardStreams.WriteErrorsAsLines();
else ForgivingWriter.Install();
return args is [ParentPipe.Flag, .. var rest]
    ? await CommandLine.GuardAsync(() => SeedProgram.RunAsync(new ChildArguments(rest)))
    : await CommandLine.RunAsync(args, SeedCommand.Create());

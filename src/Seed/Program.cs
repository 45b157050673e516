using ActorCompute.Processes;
using ActorCompute.Seed;

if (args is [ParentPipe.Flag])
{
    StandardStreams.WriteErrorsAsLines();
    return await CommandLine.GuardAsync(SeedProgram.RunAsync);
}

ForgivingWriter.Install();
return await CommandLine.RunAsync(args, SeedCommand.Create());

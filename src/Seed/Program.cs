using ActorCompute.Hosting;
using ActorCompute.Seed;

return await CommandLine.RunAsync(args, SeedCommand.Create());

using ActorCompute.Cli;
using ActorCompute.Cli.Commands;
using ActorCompute.Hosting;

var arguments = ItemArguments.Hide(args);
return await CommandLine.RunAsync(arguments, ActorComputeCommand.Create(arguments));

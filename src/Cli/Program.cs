using ActorCompute.Cli;
using ActorCompute.Hosting;

// Without plug-ins nobody's code but ours runs here; those of a journal are known only when it is read.
if (args is not ["resume", ..] && !args.Any(argument => argument.StartsWith("--plugins", StringComparison.Ordinal))) DynamicCode.TurnOff();
return await CommandLine.RunAsync(args, ActorComputeCommand.Create(args));

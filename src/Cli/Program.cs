using ActorCompute.Cli;
using ActorCompute.Cli.Output;
using ActorCompute.Processes;

// Without plug-ins nobody's code but ours runs here; those of a journal are known only when it is read.
if (args is not ["resume", ..] && !args.Any(argument => argument.StartsWith("--plugins", StringComparison.Ordinal))) DynamicCode.TurnOff();
using var encoding = new TerminalEncoding();
ForgivingWriter.Install();
return await ActorComputeCommand.RunAsync(args);

using ActorCompute.Messaging;
using ActorCompute.Processes;

return await CommandLine.RunAsync(args, MessagingCommand.Create());

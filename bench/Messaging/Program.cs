using ActorCompute.Hosting;
using ActorCompute.Messaging;

return await CommandLine.RunAsync(args, MessagingCommand.Create());

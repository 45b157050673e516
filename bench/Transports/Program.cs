using System.Globalization;
using ActorCompute.Transports;

// transports [REPEATS] [KIND...]   KIND: dotnetty, sockets, select, tls
if (args is ["peer", var kind, var secret]) return Peer.Run(kind, secret);
if (args is ["raw", ..]) await Raw.RunAsync(5, args.Length > 1 ? args[1..] : ["dotnetty", "sockets"]);
var repeats = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
return await Comparison.RunAsync(repeats, args.Length > 1 ? args[1..] : ["dotnetty", "sockets"]);

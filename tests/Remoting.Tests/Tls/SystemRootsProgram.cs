using ActorCompute.Processes;
using ActorCompute.Remoting.Tests.Support;
using ActorCompute.Remoting.Transport;

namespace ActorCompute.Remoting.Tests.Tls;

/// <summary>Two nodes with a certificate, in a process whose environment says which roots its system has. Says how the association went.</summary>
internal static class SystemRootsProgram
{
    public const string Associated = "associated";

    /// <param name="args">The certificate's file and its password.</param>
    public static async Task<int> Main(string[] args)
    {
        await using var a = await TestNode.StartAsync(certificate: new TlsCertificate(args[0], args[1]));
        await using var b = await TestNode.StartAsync(certificate: new TlsCertificate(args[0], args[1]));
        try
        {
            await a.AssociateAsync(b);
            Console.WriteLine(Associated);
        }
        catch (SocketAssociationException e)
        {
            Console.WriteLine(e.Reason);
        }

        return 0;
    }
}

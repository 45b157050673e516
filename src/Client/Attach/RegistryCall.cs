using ActorCompute.Hosting;
using ActorCompute.Messages;
using Akka.Actor;
using Google.Protobuf;

namespace ActorCompute.Client.Attach;

/// <summary>One question to a registry, by somebody who is not attached.</summary>
internal static class RegistryCall
{
    private static readonly TimeSpan ShutdownBound = TimeSpan.FromSeconds(3);

    // The first connection may be made while a message waits; asked again it costs nothing.
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    /// <exception cref="ClusterUnavailableException">No seed answers there, or it refuses.</exception>
    public static async Task<TAnswer> AskAsync<TAnswer>(
        string seed, ConnectOptions options, ProofPurpose asks, ProofPurpose answers, Func<string, ByteString, ByteString, IMessage> question, Func<TAnswer, ByteString> proofOf, CancellationToken cancellation)
    {
        var endpoint = HostEndpoint.Parse(seed);
        var secret = options.Secret is { } text ? ClusterSecret.FromText(text) : SecretFile.Find(options.SecretFile);
        var system = ActorSystem.Create(SystemConfig.SystemName, SystemConfig.Client(new(LocalAddress.Towards(endpoint), 0)).WithTls(TlsCertificate.Find(options.TlsCertificateFile, options.TlsPassword)));
        try
        {
            var id = "client-" + Convert.ToHexStringLower(ClusterSecret.CreateNonce());
            var nonce = ClusterSecret.CreateNonce();
            var message = question(id, ByteString.CopyFrom(nonce), ByteString.CopyFrom(secret.Prove(asks, id, nonce)));
            var registry = system.ActorSelection($"akka.tcp://{SystemConfig.SystemName}@{endpoint}{SystemConfig.RegistryPath}");
            var startedAt = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(startedAt) < options.Timeout)
            {
                try
                {
                    switch (await registry.Ask<object>(message, AskAgain, cancellation).ConfigureAwait(false))
                    {
                        case TAnswer answer when secret.Verify(answers, id, nonce, proofOf(answer).Span):
                            return answer;
                        case Refused refused:
                            throw new ClusterUnavailableException($"the seed at {endpoint} refuses: {refused.Reason}");
                        default:
                            throw new ClusterUnavailableException($"the program at {endpoint} does not know this cluster's secret.");
                    }
                }
                catch (AskTimeoutException)
                {
                    // Until the time is up.
                }
            }

            throw new ClusterUnavailableException($"no seed answers at {endpoint} within {options.Timeout.TotalSeconds:F0} s; is it running, and is the address right?");
        }
        finally
        {
            await ProgramLifetime.ShutDownAsync(system, ShutdownBound).ConfigureAwait(false);
        }
    }
}

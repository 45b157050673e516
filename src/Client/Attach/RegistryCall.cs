using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using Akka.Actor;
using Google.Protobuf;

namespace ActorCompute.Client.Attach;

/// <summary>One question to a registry, by somebody who is not attached.</summary>
internal static class RegistryCall
{
    // The first connection may be made while a message waits; asked again it costs nothing.
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    /// <param name="seed">The seed, <c>HOST:PORT</c>.</param>
    /// <param name="options">The secret, and how long to wait.</param>
    /// <param name="asks">What the question's proof is for.</param>
    /// <param name="answers">What the answer's proof is for.</param>
    /// <param name="question">The question, of an id, a nonce and the proof.</param>
    /// <param name="proofOf">The answer's proof.</param>
    /// <param name="cancellation">Gives up early.</param>
    /// <param name="actor">Whom to ask instead of the registry: a full path that the registry told.</param>
    /// <exception cref="ClusterUnavailableException">No seed answers there, or it refuses.</exception>
    public static async Task<TAnswer> AskAsync<TAnswer>(
        string seed, ConnectOptions options, ProofPurpose asks, ProofPurpose answers, Func<string, ByteString, ByteString, IMessage> question, Func<TAnswer, ByteString> proofOf, CancellationToken cancellation, string? actor = null)
    {
        if (OpenFiles.Shortage() is { } shortage) throw new ClusterUnavailableException(shortage);
        var endpoint = HostEndpoint.Parse(seed);
        var secret = options.Secret is { } text ? ClusterSecret.FromText(text) : SecretFile.Find(options.SecretFile);
        var system = SystemConfig.CreateSystem(SystemConfig.Peer(new(LocalAddress.Towards(endpoint), 0), secret, TlsCertificate.Find(options.TlsCertificateFile, options.TlsPassword)));
        SeedError? lastError = null;
        // Told by the seed by what address to call it: then at once.
        var again = new CancellationTokenSource();
        try
        {
            system.ActorOf(SeedErrors.PropsFor([endpoint], OnError), "seed-errors");
            var id = "client-" + Convert.ToHexStringLower(ClusterSecret.CreateNonce());
            var nonce = ClusterSecret.CreateNonce();
            var message = question(id, ByteString.CopyFrom(nonce), ByteString.CopyFrom(secret.Prove(asks, id, nonce)));
            var startedAt = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(startedAt) < options.Timeout)
            {
                var asked = actor is null ? system.ActorAt(endpoint, SystemConfig.RegistryPath) : system.ActorSelection(actor);
                using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation, again.IsCancellationRequested ? CancellationToken.None : again.Token);
                try
                {
                    switch (await asked.Ask<object>(message, AskAgain, giveUp.Token).ConfigureAwait(false))
                    {
                        case TAnswer answer when secret.Verify(answers, id, nonce, proofOf(answer).Span):
                            return answer;
                        case Refused refused:
                            throw new ClusterUnavailableException($"the seed at {endpoint} refuses: {refused.Reason}");
                        default:
                            throw new ClusterUnavailableException($"the program at {endpoint} does not know this cluster's secret.");
                    }
                }
                catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
                {
                    // Asked again below its own address.
                }
                catch (AskTimeoutException)
                {
                    // Until the time is up, or the seed will not have us.
                    if (Volatile.Read(ref lastError) is { IsRefusal: true, Reason: var reason }) throw new ClusterUnavailableException($"the seed at {endpoint} refuses: {reason}.");
                }
            }

            throw new ClusterUnavailableException($"no seed answers at {endpoint} within {options.Timeout.TotalSeconds:F0} s; is it running, and is the address right?{(lastError is { Reason: var last } ? $" The last try: {last}" : "")}");
        }
        finally
        {
            // The answer is here; nobody waits for a word more.
            _ = system.Terminate();
        }

        void OnError(SeedError error)
        {
            Volatile.Write(ref lastError, error);
            if (error.HasOwnName) again.Cancel();
        }
    }
}

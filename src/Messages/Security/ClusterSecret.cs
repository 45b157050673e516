using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ActorCompute.Messages;

/// <summary>
/// What the members and clients of one cluster know and nobody else does. It is never sent: whoever must show that it
/// knows the secret sends an HMAC over what it says.
/// </summary>
public sealed class ClusterSecret
{
    /// <summary>The variable that carries it between programs of one owner.</summary>
    public const string EnvironmentVariable = "ACTORCOMPUTE_SECRET";

    /// <summary>Short secrets can be guessed.</summary>
    public const int MinimumLength = 16;

    private readonly byte[] _key;

    private ClusterSecret(string text)
    {
        Text = text;
        _key = SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The secret itself, to be handed to a child process through a pipe.</summary>
    public string Text { get; }

    /// <summary>A new random secret.</summary>
    public static ClusterSecret Create() => new(RandomNumberGenerator.GetHexString(64, lowercase: true));

    /// <summary>Takes a secret that somebody chose.</summary>
    /// <exception cref="InputException">It is too short.</exception>
    public static ClusterSecret FromText(string text)
    {
        text = text.Trim();
        return text.Length >= MinimumLength
            ? new(text)
            : throw new InputException($"the cluster secret has {text.Length} characters; it needs at least {MinimumLength}.");
    }

    /// <summary>A nonce for <see cref="Prove"/>.</summary>
    public static byte[] CreateNonce() => RandomNumberGenerator.GetBytes(16);

    /// <summary>Shows knowledge of the secret: an HMAC-SHA256 over what is meant and whom it concerns.</summary>
    /// <param name="purpose">What the proof is for, so that none can be used for something else.</param>
    /// <param name="subject">The id of a worker, client or job.</param>
    /// <param name="nonce">Fresh bytes, or none.</param>
    public byte[] Prove(ProofPurpose purpose, string subject, ReadOnlySpan<byte> nonce = default)
    {
        // With its length, so that no other subject and nonce can be cut from the same bytes.
        byte[] text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{purpose}\n{subject.Length}\n{subject}\n"));
        return HMACSHA256.HashData(_key.AsSpan(), [.. text, .. nonce]);
    }

    /// <summary>Checks a proof in constant time.</summary>
    public bool Verify(ProofPurpose purpose, string subject, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> proof) =>
        CryptographicOperations.FixedTimeEquals(Prove(purpose, subject, nonce), proof);
}

/// <summary>What a proof is for. The names are part of the wire contract.</summary>
public enum ProofPurpose
{
    RegisterWorker,
    WorkerRegistered,
    AttachClient,
    ClusterView,
    OpenJob,
    StatusRequest,
    ClusterStatus,
    StopCluster,
    ClusterStopping,
    DrainWorker,
    WorkerDraining,
    DrainNode,
    DumpRequest,
    JobDump,
    UnregisterWorker,
}

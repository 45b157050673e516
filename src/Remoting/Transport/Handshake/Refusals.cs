using ActorCompute.Processes;

namespace ActorCompute.Remoting.Transport;

/// <summary>What a <see cref="Refusal"/> means, and who is told.</summary>
internal static class Refusals
{
    /// <summary>
    /// Whether a caller that has proved nothing is told. Such a caller may be anybody: it learns what a person needs to set a node
    /// right, and that the secret was wrong, but never what this system is called or runs.
    /// </summary>
    public static bool IsToldToStrangers(Refusal reason) =>
        reason is Refusal.WrongSecret or Refusal.OtherVersion or Refusal.TlsNeeded or Refusal.TlsNotSpoken;

    /// <summary>Whether only a person can mend it. The others come and go with processes.</summary>
    public static bool IsForAPerson(Refusal reason) =>
        reason is not (Refusal.TimedOut or Refusal.Crowded or Refusal.Closed or Refusal.Unreachable or Refusal.ShuttingDown);

    /// <summary>For the side that was called.</summary>
    public static string OfCaller(Refusal reason) => reason switch
    {
        Refusal.WrongSecret => "it has another cluster secret",
        Refusal.OtherVersion => "it runs another version of ActorCompute",
        Refusal.NotAPeer => "it is not an ActorCompute program",
        Refusal.OtherAddress => "it called this system by another address",
        Refusal.TimedOut => "it did not finish the handshake in time",
        Refusal.TlsNeeded => "it does not speak TLS, and this system does",
        Refusal.TlsNotSpoken => "it speaks TLS, and this system does not",
        Refusal.TlsFailed => "TLS: no agreement",
        Refusal.Crowded => "too many callers had proved nothing",
        Refusal.Closed => "it ended the connection during the handshake",
        _ => "this system is shutting down",
    };

    /// <summary>For the side that called.</summary>
    public static string OfListener(Refusal reason) => reason switch
    {
        Refusal.WrongSecret => $"the cluster secret is another one; set {ClusterSecret.EnvironmentVariable} or --secret-file to the seed's",
        Refusal.OtherVersion => "it runs another version of ActorCompute; run the same release on both",
        Refusal.NotAPeer => "what listens there is not an ActorCompute program",
        Refusal.OtherAddress => "what listens there has another address",
        Refusal.TimedOut => "it did not answer in time",
        Refusal.TlsNeeded => $"it speaks TLS only; give --tls-certificate, or set {TlsCertificate.PathVariable}",
        Refusal.TlsNotSpoken => "it does not speak TLS, and this program does; give it a certificate too",
        Refusal.TlsFailed => "TLS: no agreement",
        Refusal.Closed => "it ended the connection during the handshake",
        Refusal.Unreachable => "it cannot be reached",
        _ => "this system is shutting down",
    };
}

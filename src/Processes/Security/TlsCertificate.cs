using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorCompute.Processes;

/// <summary>
/// The certificate that a process shows to the others of its cluster, which must trust it as it trusts theirs: a PKCS#12
/// file (.pfx) with the private key. Where there is none, connections are plain.
/// </summary>
public sealed record TlsCertificate(string Path, string Password)
{
    /// <summary>The variable that names the file.</summary>
    public const string PathVariable = "ACTORCOMPUTE_TLS_CERTIFICATE";

    /// <summary>The variable with the file's password. No option: others could read it in the list of processes.</summary>
    public const string PasswordVariable = "ACTORCOMPUTE_TLS_PASSWORD";

    /// <summary>The option of every program that names the file.</summary>
    public static Option<string?> CreateOption() => new("--tls-certificate")
    {
        Description = $"Speak TLS, with the certificate and key in this PKCS#12 file (.pfx); its password is taken from {PasswordVariable}. Default: {PathVariable}, if that is set.",
    };

    /// <summary>The certificate in the file that is named, else in the one that the environment names; null when neither is.</summary>
    /// <exception cref="InputException">The file cannot be used.</exception>
    public static TlsCertificate? Find(string? path = null, string? password = null)
    {
        path ??= Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } variable ? variable : null;
        if (path is null) return null;
        // Children get it as it stands, whatever folder they run in.
        var certificate = new TlsCertificate(System.IO.Path.GetFullPath(path), password ?? Environment.GetEnvironmentVariable(PasswordVariable) ?? "");
        certificate.Check(TimeProvider.System.GetUtcNow());
        return certificate;
    }

    /// <summary>Neither the log nor an error shows the password.</summary>
    public override string ToString() => Path;

    private void Check(DateTimeOffset now)
    {
        if (!File.Exists(Path)) throw new InputException($"the TLS certificate file {Path} is not there.");
        X509Certificate2Collection loaded;
        try
        {
            loaded = X509CertificateLoader.LoadPkcs12CollectionFromFile(Path, Password);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the TLS certificate file {Path} cannot be read: {e.Message} It must be PKCS#12 (.pfx), and its password in {PasswordVariable}.", e);
        }

        try
        {
            var own = loaded.FirstOrDefault(one => one.HasPrivateKey)
                ?? throw new InputException($"the TLS certificate file {Path} has no private key; export certificate and key together (openssl pkcs12 -export).");
            if (now > own.NotAfter) throw new InputException($"the TLS certificate in {Path} expired on {own.NotAfter:yyyy-MM-dd}; nobody would accept it.");
        }
        finally
        {
            foreach (var one in loaded) one.Dispose();
        }
    }
}

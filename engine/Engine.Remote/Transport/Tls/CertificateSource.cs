using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Configuration;

namespace Akka.Remote.Transport.Tls;

/// <summary>Finds this node's certificate, its private key, and the certificates between it and its root.</summary>
internal static class CertificateSource
{
    private const string Key = "akka.remote.dot-netty.tcp.ssl.certificate";

    /// <summary>The first of the result has the private key.</summary>
    public static X509Certificate2Collection Load(Config certificate)
    {
        // Akka.NET has had both spellings.
        var byThumbprint = certificate.GetBoolean("use-thumbprint-over-file") || certificate.GetBoolean("use-thumprint-over-file");
        return byThumbprint ? FromStore(certificate) : FromFile(certificate);
    }

    private static X509Certificate2Collection FromFile(Config certificate)
    {
        var path = certificate.GetString("path", "")?.Trim() ?? "";
        if (path.Length == 0)
            throw new ConfigurationException($"akka.remote.dot-netty.tcp.enable-ssl is on, but {Key}.path is empty; name a PKCS#12 file (.pfx) with certificate and private key.");
        X509Certificate2Collection loaded;
        try
        {
            loaded = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, certificate.GetString("password", ""), FlagsFrom(certificate));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ConfigurationException(
                $"{Key}.path: {path} cannot be read as a PKCS#12 file (.pfx): {e.Message} Check the path, the rights on the file and {Key}.password.", e);
        }
        var own = loaded.FirstOrDefault(static one => one.HasPrivateKey) ?? throw new ConfigurationException(
            $"{Key}.path: {path} has no private key; export certificate and key together, for example with openssl pkcs12 -export -inkey KEY -in CERTIFICATE.");
        return [own, .. loaded.Where(one => !ReferenceEquals(one, own))];
    }

    private static X509Certificate2Collection FromStore(Config certificate)
    {
        var thumbprint = certificate.GetString("thumbprint", "")?.Trim() ?? "";
        if (thumbprint.Length == 0)
            throw new ConfigurationException($"{Key}.use-thumbprint-over-file is on, but {Key}.thumbprint is empty.");
        var name = certificate.GetString("store-name", "")?.Trim() is { Length: > 0 } given ? given : nameof(StoreName.My);
        var location = certificate.GetString("store-location", "") switch
        {
            "" or null or "current-user" => StoreLocation.CurrentUser,
            "local-machine" => StoreLocation.LocalMachine,
            var other => throw new ConfigurationException($"{Key}.store-location is '{other}'; it can be current-user or local-machine."),
        };
        try
        {
            using var store = new X509Store(name, location);
            store.Open(OpenFlags.ReadOnly);
            // Whether it is trusted is for the peers to say.
            var found = store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false);
            var own = found.FirstOrDefault(static one => one.HasPrivateKey) ?? throw new ConfigurationException(
                $"{Key}.thumbprint: no certificate {thumbprint} with a private key is in the store {location}/{name}.");
            return [own];
        }
        catch (CryptographicException e)
        {
            throw new ConfigurationException($"{Key}: the store {location}/{name} cannot be opened: {e.Message}", e);
        }
    }

    private static X509KeyStorageFlags FlagsFrom(Config certificate)
    {
        var flags = X509KeyStorageFlags.DefaultKeySet;
        if (!certificate.HasPath("flags"))
            return flags;
        foreach (var name in certificate.GetStringList("flags"))
        {
            flags |= name switch
            {
                "default-key-set" => X509KeyStorageFlags.DefaultKeySet,
                "exportable" => X509KeyStorageFlags.Exportable,
                "machine-key-set" => X509KeyStorageFlags.MachineKeySet,
                "persist-key-set" => X509KeyStorageFlags.PersistKeySet,
                "user-key-set" => X509KeyStorageFlags.UserKeySet,
                "user-protected" => X509KeyStorageFlags.UserProtected,
                _ => throw new ConfigurationException($"{Key}.flags: '{name}' is none of default-key-set, exportable, machine-key-set, persist-key-set, user-key-set, user-protected."),
            };
        }
        return flags;
    }
}

using System.Globalization;

namespace ActorCompute.Kinds.Functions;

/// <summary>The parameters of <c>fetch</c>.</summary>
/// <param name="Timeout">For one URL with all its redirects.</param>
/// <param name="MostBytes">The longest body that is read.</param>
/// <param name="AllowedHosts">The only hosts to talk to; empty for all.</param>
internal sealed record FetchSettings(TimeSpan Timeout, long MostBytes, IReadOnlySet<string> AllowedHosts)
{
    private const double DefaultSeconds = 30;
    private const double LongestSeconds = 86_400;
    private const long DefaultMostBytes = 100_000_000;

    public static IReadOnlyList<ParameterDescription> Parameters { get; } =
    [
        new("timeout", $"seconds for one URL with all its redirects; default {DefaultSeconds:0}"),
        new("max-bytes", $"a longer body is not read to its end; default {DefaultMostBytes}"),
        new("allow", "a host to talk to, as example.org or 10.0.0.7; if given, no other, also after a redirect", IsRepeatable: true),
    ];

    /// <exception cref="InputException">A value is wrong.</exception>
    public static FetchSettings Read(ParameterValues values)
    {
        var seconds = DefaultSeconds;
        if (values.Optional("timeout") is { } timeout && !(double.TryParse(timeout, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) && seconds is > 0 and <= LongestSeconds))
            throw new InputException($"timeout={timeout}: give seconds, more than 0 and at most {LongestSeconds}.");
        var most = DefaultMostBytes;
        if (values.Optional("max-bytes") is { } bytes && !long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out most))
            throw new InputException($"max-bytes={bytes}: give a number of bytes, 0 or more.");
        return new(TimeSpan.FromSeconds(seconds), most, values.All("allow").Select(Host).ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    public bool Allows(Uri url) => AllowedHosts.Count == 0 || AllowedHosts.Contains(HostOf(url));

    private static string Host(string text) => Uri.CheckHostName(text) != UriHostNameType.Unknown && Uri.TryCreate($"http://{Bracketed(text)}/", UriKind.Absolute, out var url)
        ? HostOf(url)
        : throw new InputException($"allow={text}: that is no host name; give it without scheme, port and path.");

    // As it goes into DNS, so that all ways of writing a host are one.
    private static string HostOf(Uri url) => url.IdnHost;

    private static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host;
}

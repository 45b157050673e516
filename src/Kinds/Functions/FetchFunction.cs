using System.Security.Cryptography;
using ActorCompute.Kinds.Functions;

namespace ActorCompute;

/// <summary>
/// <c>fetch</c>: gets URLs, many at a time. What can go wrong with a URL is a row with an error: one dead link of a million
/// fails no task.
/// </summary>
/// <remarks>
/// One client for the process, so that connections are used again. It follows redirects here and not by itself, because
/// each step is looked at: the scheme, the hosts that the job allows, no way back from https to http.
/// </remarks>
public sealed class FetchFunction : IoFunction<string, FetchResult>
{
    private const int MostRedirects = 10;
    private const int Piece = 64 << 10;

    /// <inheritdoc/>
    public override string Name => "fetch";

    /// <inheritdoc/>
    public override string Summary => "Gets URLs (http and https): status, length, SHA-256 or error of each.";

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterDescription> OwnParameters => FetchSettings.Parameters;

    /// <inheritdoc/>
    protected override void CheckParameters(ParameterValues own) => FetchSettings.Read(own);

    /// <inheritdoc/>
    protected override async ValueTask<FetchResult> RunAsync(string input, TaskContext context)
    {
        var settings = FetchSettings.Read(context.Parameters);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        limit.CancelAfter(settings.Timeout);
        var fetch = new Fetch(TimeProvider.System.GetTimestamp());
        try
        {
            await GetAsync(input, settings, fetch, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!context.Cancellation.IsCancellationRequested)
        {
            fetch.Error = $"no complete answer within {settings.Timeout.TotalSeconds} s";
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UriFormatException or FetchException)
        {
            fetch.Error = e is HttpRequestException { InnerException: { } inner } && !e.Message.Contains(inner.Message, StringComparison.Ordinal) ? $"{e.Message}: {inner.Message}" : e.Message;
        }

        return fetch.Result();
    }

    // In a class of its own: a process that fetches nothing, and that is nearly all of them, does not load what does.
    private static class Shared
    {
        public static readonly HttpMessageInvoker Client = FetchClient.Create();
    }

    /// <inheritdoc/>
    protected override IReduction<string, FetchResult, (string Input, FetchResult Result)> Reduce(FunctionInputs parameters) => new FetchReduction();

    private async Task GetAsync(string input, FetchSettings settings, Fetch fetch, CancellationToken cancellation)
    {
        var url = Check(Uri.TryCreate(input.Trim(), UriKind.Absolute, out var given) ? given : throw new FetchException("that is no URL; write it with its scheme, as http://host/path"), null, settings);
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.UserAgent.ParseAdd("ActorCompute");
            using var response = await Shared.Client.SendAsync(request, cancellation).ConfigureAwait(false);
            fetch.Status = (int)response.StatusCode;
            if (fetch.Status is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location)
            {
                if (redirects == MostRedirects) throw new FetchException($"more than {MostRedirects} redirects");
                url = Check(new Uri(url, location), url, settings);
                continue;
            }

            await ReadAsync(response, settings, fetch, cancellation).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) fetch.Error = $"{fetch.Status} {response.ReasonPhrase}".TrimEnd();
            return;
        }
    }

    private static Uri Check(Uri url, Uri? from, FetchSettings settings)
    {
        var way = from is null ? "" : $"redirected to {url}: ";
        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) throw new FetchException($"{way}only http and https are fetched, not {url.Scheme}");
        if (from?.Scheme == Uri.UriSchemeHttps && url.Scheme == Uri.UriSchemeHttp) throw new FetchException($"{way}from https to http is not followed");
        return settings.Allows(url) ? url : throw new FetchException($"{way}the host {url.IdnHost} is not among those that are allowed");
    }

    // Piece by piece: a body takes no more memory than that, however long it is.
    private static async Task ReadAsync(HttpResponseMessage response, FetchSettings settings, Fetch fetch, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > settings.MostBytes) throw new FetchException($"the body has {response.Content.Headers.ContentLength} bytes; max-bytes is {settings.MostBytes}");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var piece = new byte[Piece];
        int read;
        while ((read = await body.ReadAsync(piece, cancellation).ConfigureAwait(false)) > 0)
        {
            if (read > settings.MostBytes - fetch.Bytes) throw new FetchException($"the body goes on after max-bytes, {settings.MostBytes} bytes");
            hash.AppendData(piece, 0, read);
            fetch.Bytes += read;
        }

        fetch.Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What is known so far.</summary>
    private sealed class Fetch(long startedAt)
    {
        public int? Status { get; set; }

        public long Bytes { get; set; }

        public string? Sha256 { get; set; }

        public string? Error { get; set; }

        public FetchResult Result() => new(Status, Bytes, Sha256, TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds, Error);
    }

    private sealed class FetchException(string message) : Exception(message);
}

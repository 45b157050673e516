using System.Net;
using System.Net.Sockets;

namespace ActorCompute.Examples;

/// <summary>Pages of a web server, many at a time. One is missing: its failure is an outcome, and the others come all the same.</summary>
internal static class Urls
{
    // One for each worker process; it keeps connections open.
    private static readonly HttpClient Client = new();

    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        using var server = Serve(out var address);
        var urls = new[] { "one", "two", "missing", "three" }.Select(page => $"{address}{page}");
        await foreach (var outcome in cluster.Map(LoadAsync, urls, new() { Retry = new() { MaxRetries = 1 } }).WithOutcomes())
        {
            var page = outcome.Input[address.Length..];
            output.WriteLine(outcome.IsSuccess ? $"{page}: {outcome.Result} bytes" : $"{page}: {outcome.Failure!.Message} ({outcome.Run.Attempt} tries)");
        }
    }

    public static async Task<int> LoadAsync(string url) => (await Client.GetByteArrayAsync(url, TaskContext.Current.Cancellation)).Length;

    /// <summary>A web server in this process, so that the example needs no network.</summary>
    private static HttpListener Serve(out string address)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            address = $"http://localhost:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        var server = new HttpListener();
        server.Prefixes.Add(address);
        server.Start();
        _ = AnswerAsync(server);
        return server;
    }

    private static async Task AnswerAsync(HttpListener server)
    {
        try
        {
            while (true)
            {
                var request = await server.GetContextAsync();
                var page = request.Request.Url!.AbsolutePath[1..];
                request.Response.StatusCode = page == "missing" ? 404 : 200;
                request.Response.Close(System.Text.Encoding.ASCII.GetBytes($"this is page {page}"), willBlock: false);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The example is over.
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorCompute.Kinds.Tests.Functions;

/// <summary>A tiny HTTP server on loopback: each path has the bytes that answer it, and the connection closes behind them.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, byte[]> _answers = [];
    private readonly Task _serving;

    public LoopbackServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url(string path) => $"http://127.0.0.1:{Port}{path}";

    /// <summary>Sets what answers a path; a path without an answer is never answered.</summary>
    public string Answer(string path, string head, string body = "")
    {
        _answers[path] = Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n{body}");
        return Url(path);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                await using var stream = connection.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                var path = (await reader.ReadLineAsync(_end.Token))?.Split(' ')[1];
                while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 })
                {
                }

                if (path is null) return;
                if (_answers.TryGetValue(path, out var answer)) await stream.WriteAsync(answer, _end.Token);
                else await Task.Delay(Timeout.Infinite, _end.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The test is over, or the client has seen enough.
            }
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ActorCompute.Kinds.Tests.Functions;

public sealed class FetchTests : IAsyncLifetime
{
    private readonly LoopbackServer _server = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Run_Page_GivesStatusLengthAndHash()
    {
        var row = await FetchAsync(_server.Answer("/a", "200 OK\r\nContent-Length: 5", "hello"));
        Assert.Equal(new(200, 5, Hash("hello"), null), row);
    }

    [Fact]
    public async Task Run_BodyWithoutLength_IsReadToTheEndOfTheConnection() =>
        Assert.Equal(new(200, 5, Hash("hello"), null), await FetchAsync(_server.Answer("/a", "200 OK", "hello")));

    [Fact]
    public async Task Run_HttpError_IsARowWithItsStatus() =>
        Assert.Equal(new(404, 4, Hash("gone"), "404 Not Found"), await FetchAsync(_server.Answer("/a", "404 Not Found\r\nContent-Length: 4", "gone")));

    [Fact]
    public async Task Run_NobodyListens_IsARowWithAnError()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // taken, but nobody listens
        var row = await FetchAsync($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/");
        Assert.Equal((null, 0L, null), (row.Status, row.Bytes, row.Sha256));
        Assert.NotEmpty(row.Error!);
    }

    [Theory]
    [InlineData("HTTP is not spoken here", "")]
    [InlineData("200 OK\r\nContent-Length: 50", "short")]
    public async Task Run_BrokenAnswer_IsARowWithAnError(string head, string body)
    {
        var row = await FetchAsync(_server.Answer("/a", head, body));
        Assert.NotEmpty(row.Error!);
        Assert.Null(row.Sha256);
    }

    [Fact]
    public async Task Run_NoAnswer_EndsWithTheTimeOut() =>
        Assert.Contains("within 0.2 s", (await FetchAsync(_server.Url("/never"), ("timeout", "0.2"))).Error!, StringComparison.Ordinal);

    [Theory]
    [InlineData("200 OK\r\nContent-Length: 6")]
    [InlineData("200 OK")]
    public async Task Run_LongerThanMaxBytes_IsARowThatNamesTheLimit(string head)
    {
        var url = _server.Answer("/a", head, "123456");
        var row = await FetchAsync(url, ("max-bytes", "5"));
        Assert.Contains("max-bytes", row.Error!, StringComparison.Ordinal);
        Assert.Null(row.Sha256);
        Assert.Null((await FetchAsync(url, ("max-bytes", "6"))).Error);
    }

    [Fact]
    public async Task Run_Redirect_IsFollowed()
    {
        _server.Answer("/b", "200 OK\r\nContent-Length: 2", "ok");
        Assert.Equal(new(200, 2, Hash("ok"), null), await FetchAsync(_server.Answer("/a", "302 Found\r\nLocation: /b\r\nContent-Length: 0")));
    }

    [Theory]
    [InlineData("/a", "more than 10 redirects")]
    [InlineData("file:///etc/passwd", "only http and https")]
    [InlineData("http://127.0.0.2/secret", "127.0.0.2 is not among those that are allowed")]
    public async Task Run_RedirectThatMayNotBe_IsARowThatSaysWhy(string location, string says)
    {
        var row = await FetchAsync(_server.Answer("/a", $"301 Moved Permanently\r\nLocation: {location}\r\nContent-Length: 0"), ("allow", "127.0.0.1"));
        Assert.Equal(301, row.Status);
        Assert.Contains(says, row.Error!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no URL at all", "that is no URL")]
    [InlineData("ftp://example.org/", "only http and https")]
    [InlineData("http://example.org/", "not among those that are allowed")]
    [InlineData("http://127.0.0.1.example.org/", "not among those that are allowed")]
    public async Task Run_UrlThatMayNotBe_IsARowThatSaysWhy(string url, string says) =>
        Assert.Contains(says, (await FetchAsync(url, ("allow", "127.0.0.1"))).Error!, StringComparison.Ordinal);

    [Fact]
    public async Task Run_LinkLocalAddress_IsNotReached() =>
        Assert.Contains("link-local", (await FetchAsync("http://169.254.169.254/latest/meta-data/")).Error!, StringComparison.Ordinal);

    [Theory]
    [InlineData("timeout", "0")]
    [InlineData("timeout", "soon")]
    [InlineData("max-bytes", "-1")]
    [InlineData("allow", "http://example.org")]
    [InlineData("allow", "example.org:80")]
    [InlineData("allow", "")]
    public void Prepare_WrongParameter_IsBadInput(string name, string value) =>
        Assert.StartsWith($"{name}={value}: ", Assert.Throws<InputException>(() => InProcess.Prepare(BuiltInKinds.Fetch, ("item", "http://example.org"), (name, value))).Message, StringComparison.Ordinal);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    private static async Task<Row> FetchAsync(string url, params (string, string)[] parameters)
    {
        var answer = await Task.Run(() => InProcess.Run(BuiltInKinds.Fetch, [("item", url), .. parameters]));
        Assert.Empty(answer.Notes);
        Assert.Equal(["url", "status", "bytes", "sha256", "seconds", "error"], answer.Schema.Columns.Select(column => column.Name));
        var row = Assert.Single(answer.Rows);
        Assert.Equal(url, row.Values[0]);
        return new((int?)row.Values[1], (long)row.Values[2]!, (string?)row.Values[3], (string?)row.Values[5]);
    }

    private sealed record Row(int? Status, long Bytes, string? Sha256, string? Error);
}

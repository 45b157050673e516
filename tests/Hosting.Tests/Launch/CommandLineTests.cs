using System.CommandLine;

namespace ActorCompute.Hosting.Tests.Launch;

[Collection(ProcessWide.Name)]
public sealed class CommandLineTests : IDisposable
{
    private readonly TextWriter _before = Console.Error;
    private readonly StringWriter _error = new();

    public CommandLineTests() => Console.SetError(_error);

    private string[] Lines => _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    public void Dispose()
    {
        Console.SetError(_before);
        _error.Dispose();
    }

    [Fact]
    public async Task RunAsync_ActionEnds_ItsStatusIsTheResult()
    {
        Assert.Equal(7, await Run(_ => Task.FromResult(7)));
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task RunAsync_BadInput_IsOneLineAndStatusTwo()
    {
        Assert.Equal(ExitCodes.BadInput, await Run(_ => throw new InputException("the file\nis not there")));
        Assert.Equal("error: the file is not there" + Environment.NewLine, _error.ToString());
    }

    [Theory]
    [InlineData("--no-such-option")]
    [InlineData("--count", "many")]
    [InlineData("stray")]
    public async Task RunAsync_BadUsage_IsOneLineWithTheWayToHelp(params string[] arguments)
    {
        var isRun = false;
        Assert.Equal(ExitCodes.BadInput, await Run(_ =>
        {
            isRun = true;
            return Task.FromResult(0);
        }, arguments));

        Assert.False(isRun);
        var line = Assert.Single(Lines);
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        Assert.Contains("--help", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OtherException_IsOneLineThatSaysHowToSeeMore()
    {
        Assert.Equal(ExitCodes.Internal, await Run(_ => throw new InvalidOperationException("a bug")));

        var line = Assert.Single(Lines);
        Assert.StartsWith("error: InvalidOperationException: a bug", line, StringComparison.Ordinal);
        Assert.Contains(CommandLine.TraceVariable, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OtherExceptionAndTrace_IsLetThrough()
    {
        Environment.SetEnvironmentVariable(CommandLine.TraceVariable, "1");
        try
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => Run(_ => throw new InvalidOperationException("a bug")));
        }
        finally
        {
            Environment.SetEnvironmentVariable(CommandLine.TraceVariable, null);
        }
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(UnauthorizedAccessException))]
    public async Task RunAsync_AnswerCannotBeWritten_IsNoSuccess(Type type)
    {
        Assert.Equal(ExitCodes.SomeFailed, await Run(_ => throw (Exception)Activator.CreateInstance(type, "no space left")!));
        Assert.Equal(["error: no space left"], Lines);
    }

    [Theory]
    [InlineData("there is no option '--cuont'. Did you mean '--count'?", "--cuont", "3")]
    [InlineData("--count: 'many' is no whole number in range.", "--count", "many")]
    [InlineData("--count needs a value.", "--count")]
    [InlineData("--count was given 2 times; give it once.", "--count", "1", "--count", "2")]
    [InlineData("'stray' is one argument too many.", "stray")]
    public async Task RunAsync_BadUsage_SaysWhatIsWrong(string says, params string[] arguments)
    {
        Assert.Equal(ExitCodes.BadInput, await Run(_ => Task.FromResult(0), arguments));
        Assert.StartsWith($"error: {says} See '", Assert.Single(Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void ExitCodes_AreWhatScriptsRelyOn() =>
        Assert.Equal((0, 1, 2, 3, 70, 130), (ExitCodes.Success, ExitCodes.SomeFailed, ExitCodes.BadInput, ExitCodes.NoCluster, ExitCodes.Internal, ExitCodes.Cancelled));

    private static Task<int> Run(Func<ParseResult, Task<int>> action, params string[] arguments)
    {
        var command = new RootCommand { new Option<int>("--count") };
        command.SetAction((parsed, _) => action(parsed));
        return CommandLine.RunAsync(arguments, command);
    }
}

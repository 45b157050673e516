using System.CommandLine;

namespace ActorCompute.Processes.Tests.Launch;

[Collection(ProcessWide.Name)]
public sealed class CommandLineTests : IDisposable
{
    private readonly TextWriter _before = Console.Error;
    private readonly StringWriter _error = new();

    public CommandLineTests() => Console.SetError(_error);

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
        var line = Assert.Single(_error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        Assert.Contains("--help", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ProgramCannotBeStarted_IsOneLineAndStatusThree()
    {
        Assert.Equal(ExitCodes.NoCluster, await Run(_ => throw new ProgramMissingException("the program x cannot be started")));
        Assert.Equal("error: the program x cannot be started" + Environment.NewLine, _error.ToString());
    }

    [Theory]
    [InlineData(typeof(int), "many", "a whole number between -2147483648 and 2147483647")]
    [InlineData(typeof(int?), "3e9", "a whole number between -2147483648 and 2147483647")]
    [InlineData(typeof(long), "abc", "a whole number between -9223372036854775808 and 9223372036854775807")]
    [InlineData(typeof(long?), "1.5", "a whole number between -9223372036854775808 and 9223372036854775807")]
    [InlineData(typeof(double), "x", "a number")]
    [InlineData(typeof(DayOfWeek?), "someday", "one of sunday, monday, tuesday, wednesday, thursday, friday, saturday")]
    [InlineData(typeof(DayOfWeek?), "99", "one of sunday, monday, tuesday, wednesday, thursday, friday, saturday")]
    [InlineData(typeof(DayOfWeek), "1", "one of sunday, monday, tuesday, wednesday, thursday, friday, saturday")]
    public async Task RunAsync_ValueOfAnotherKind_SaysInWordsWhatItShouldBe(Type type, string typed, string wanted)
    {
        foreach (var isOption in new[] { true, false })
        {
            var command = new RootCommand();
            command.SetAction((_, _) => Task.FromResult(0));
            if (isOption) command.Options.Add((Option)Activator.CreateInstance(typeof(Option<>).MakeGenericType(type), "--count", Array.Empty<string>())!);
            else command.Arguments.Add((Argument)Activator.CreateInstance(typeof(Argument<>).MakeGenericType(type), "COUNT")!);
            Assert.Equal(ExitCodes.BadInput, await CommandLine.RunAsync(isOption ? ["--count", typed] : [typed], command));
            Assert.StartsWith($"error: {(isOption ? "--count" : "COUNT")}: '{typed}' is not {wanted}.", _error.ToString(), StringComparison.Ordinal);
            _error.GetStringBuilder().Clear();
        }
    }

    [Fact]
    public async Task RunAsync_OtherException_IsNotHidden() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Run(_ => throw new InvalidOperationException("a bug")));

    [Fact]
    public void ExitCodes_AreWhatScriptsRelyOn() =>
        Assert.Equal((0, 1, 2, 3, 130), (ExitCodes.Success, ExitCodes.SomeFailed, ExitCodes.BadInput, ExitCodes.NoCluster, ExitCodes.Cancelled));

    private static Task<int> Run(Func<ParseResult, Task<int>> action, params string[] arguments)
    {
        var command = new RootCommand { new Option<int>("--count") };
        command.SetAction((parsed, _) => action(parsed));
        return CommandLine.RunAsync(arguments, command);
    }
}

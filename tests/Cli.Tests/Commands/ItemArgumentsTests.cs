using ActorCompute.Cli.Commands;

namespace ActorCompute.Cli.Tests.Commands;

public sealed class ItemArgumentsTests
{
    [Theory]
    [InlineData("run command --item -x -- wc --help -w", "run command --item +-x -- +wc +--help +-w")]
    [InlineData("run command -- sh -c -- --item x", "run command -- +sh +-c +-- +--item +x")]
    [InlineData("run echo --item=--help", "run echo --item +--help")]
    [InlineData("scan -- x", "scan -- x")]
    public void Hide_ItemsAndTheWordsOfAProgram_NothingElse(string line, string expected)
    {
        var hidden = ItemArguments.Hide(line.Split(' '));
        Assert.Equal(expected.Split(' '), hidden.Select(argument => ItemArguments.IsHidden(argument) ? "+" + ItemArguments.Show(argument) : argument));
    }
}

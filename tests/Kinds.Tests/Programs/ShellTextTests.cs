using ActorCompute.Kinds.Programs;

namespace ActorCompute.Kinds.Tests.Programs;

public sealed class ShellTextTests
{
    [Theory]
    [InlineData("cat {} | wc -l", "cat \"${1}\" | wc -l", "in")]
    [InlineData("cat", "cat \"${1}\"", "in")]
    [InlineData("cp {} {/}.bak", "cp \"${1}\" \"${2}\".bak", "in,in")]
    [InlineData("echo {#} {}", "echo 3 \"${1}\"", "in")]
    [InlineData("echo 'a b' {}", "echo 'a b' \"${1}\"", "in")]
    [InlineData("awk '{print $1}' {}", "awk '{print $1}' \"${1}\"", "in")]
    [InlineData("echo \"it's\" {}", "echo \"it's\" \"${1}\"", "in")]
    [InlineData("echo \"\\\"\" {}", "echo \"\\\"\" \"${1}\"", "in")]
    [InlineData("echo \"$(cat {})\"", "echo \"$(cat \"${1}\")\"", "in")]
    [InlineData("(cat {}; echo ')') >&2", "(cat \"${1}\"; echo ')') >&2", "in")]
    [InlineData("echo \\{} {}", "echo \\{} \"${1}\"", "in")]
    [InlineData("echo ${#} {}", "echo ${#} \"${1}\"", "in")]
    [InlineData("cat {} # it's fine", "cat \"${1}\" # it's fine", "in")]
    [InlineData("echo a#b' {x} '{}", "echo a#b' {x} '\"${1}\"", "in")]
    public void Of_PlaceholderOutsideOfQuotes_IsAVariable(string template, string text, string values)
    {
        var shell = ShellText.Of(template, "in", 3, isWindows: false);
        Assert.Equal((text, values), (shell.Text, string.Join(',', shell.Values)));
    }

    [Theory]
    [InlineData("sh -c 'echo {}'")]
    [InlineData("ssh host \"wc {}\"")]
    [InlineData("echo '{#}'")]
    [InlineData("echo \"`cat {}`\"")]
    [InlineData("echo \"$(echo '{}')\"")]
    [InlineData("echo \"a\\\" {}\"")]
    [InlineData("true # {}")]
    public void Of_PlaceholderInQuotes_IsRefused(string template) =>
        Assert.Contains("quotation marks", Assert.Throws<InputException>(() => ShellText.Of(template, "in", 1, isWindows: false)).Message, StringComparison.Ordinal);

    /// <summary>Whatever the input, the text that the shell parses is the same.</summary>
    [Theory]
    [InlineData("a b")]
    [InlineData("'; touch x; '")]
    [InlineData("\"; touch x; \"")]
    [InlineData("$(touch x)")]
    [InlineData("`touch x`")]
    [InlineData("a\nb; touch x")]
    [InlineData("-rf")]
    [InlineData("${1}")]
    [InlineData("{}")]
    [InlineData("")]
    public void Of_HostileInput_IsNoPartOfTheText(string input)
    {
        var shell = ShellText.Of("wc -c {} > out", input, 1, isWindows: false);
        Assert.Equal(("wc -c \"${1}\" > out", input), (shell.Text, Assert.Single(shell.Values)));
    }

    [Fact]
    public void Of_Windows_IsADelayedVariableAndNoQuotationMarks()
    {
        var shell = ShellText.Of("type {} ^& more", "a & b", 1, isWindows: true);
        Assert.Equal("type \"!ACTORCOMPUTE_INPUT_1!\" ^& more", shell.Text);
        Assert.Throws<InputException>(() => ShellText.Of("type {}", "a\" & del b", 1, isWindows: true));
    }

    [Theory]
    [InlineData("plain-1.txt", "plain-1.txt")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("", "''")]
    [InlineData("$(id)", "'$(id)'")]
    [InlineData("a\nb", "'a\nb'")]
    [InlineData("~", "'~'")]
    public void Quote_Word_IsOneWordForAShell(string word, string expected) => Assert.Equal(expected, ShownCommand.Quote(word));
}

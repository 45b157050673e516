using ActorCompute.Kinds.Programs;

namespace ActorCompute.Kinds.Tests.Programs;

public sealed class PlaceholderTests
{
    /// <summary>As GNU parallel 20221122 gives them.</summary>
    [Theory]
    [InlineData("a.b.c", "a.b.c|a.b|a.b.c|.|a.b")]
    [InlineData("/x/y.d/z", "/x/y.d/z|/x/y.d/z|z|/x/y.d|z")]
    [InlineData("/x/.bashrc", "/x/.bashrc|/x/|.bashrc|/x|")]
    [InlineData("a/", "a/|a/||.|")]
    [InlineData(".x", ".x||.x|.|")]
    [InlineData("x.", "x.|x|x.|.|x")]
    [InlineData("dir/file.tar.gz", "dir/file.tar.gz|dir/file.tar|file.tar.gz|dir|file.tar")]
    [InlineData("a/b.c/", "a/b.c/|a/b.c/||a|")]
    [InlineData("//a", "//a|//a|a|/|a")]
    [InlineData("/a", "/a|/a|a|/|a")]
    [InlineData("a//b.c", "a//b.c|a//b|b.c|a|b")]
    [InlineData("", "|||.|")]
    [InlineData("x y\nz.t", "x y\nz.t|x y\nz|x y\nz.t|.|x y\nz")]
    public void Fill_EachPlaceholder_AsGnuParallel(string input, string expected) =>
        Assert.Equal(expected, Placeholders.Fill("{}|{.}|{/}|{//}|{/.}", input, 7));

    [Theory]
    [InlineData("{#}", "7")]
    [InlineData("-o{/.}.out", "-oa.out")]
    [InlineData("{}{}", "d/a.txtd/a.txt")]
    [InlineData("{ }", "{ }")]
    [InlineData("{print $1}", "{print $1}")]
    [InlineData("{x}", "{x}")]
    [InlineData("{{}}", "{d/a.txt}")]
    [InlineData("", "")]
    public void Fill_Word_OnlyPlaceholdersChange(string word, string expected) => Assert.Equal(expected, Placeholders.Fill(word, "d/a.txt", 7));

    [Fact]
    public void Fill_InputThatLooksLikeAPlaceholder_IsNotLookedAtAgain() => Assert.Equal("{.}-1", Placeholders.Fill("{}-{#}", "{.}", 1));
}

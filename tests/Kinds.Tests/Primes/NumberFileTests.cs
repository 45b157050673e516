using System.Text;
using ActorCompute.Kinds.Primes;

namespace ActorCompute.Kinds.Tests.Primes;

public sealed class NumberFileTests : TestFolder
{
    [Fact]
    public void Read_NumbersBlankLinesAndComments_AreTheNumbers() =>
        Assert.Equal([97UL, 1UL << 40, 7, 10_000_000_000], Read("97\n\n# a comment\n  2^40  # another\r\n\t7\n1e10"));

    [Fact]
    public void Read_ByteOrderMark_IsNoPartOfTheFirstNumber()
    {
        File.WriteAllText(PathOf("numbers"), "97\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal([97UL], NumberFile.Read(PathOf("numbers"), default));
    }

    [Fact]
    public void Read_EmptyFile_IsEmpty() => Assert.Empty(Read(""));

    [Theory]
    [InlineData("1\n2\nthree\n4", "line 3: 'three'")]
    [InlineData("-1", "line 1: '-1'")]
    [InlineData("1\n18446744073709551616", "line 2")]
    [InlineData("1 2", "line 1: '1 2'")]
    public void Read_LineIsNoNumber_IsNamed(string text, string says)
    {
        var error = Assert.Throws<InputException>(() => Read(text));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(PathOf("numbers"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NumbersBeforeTheBadLine_ComeFirst()
    {
        using var numbers = NumberFile.Read(Write("numbers", "1\nx"), default).GetEnumerator();
        Assert.True(numbers.MoveNext());
        Assert.Throws<InputException>(() => numbers.MoveNext());
    }

    [Fact]
    public void Read_LineWithoutEnd_IsRefusedWithoutReadingItAll()
    {
        // A hole of 4 GB: as a string it would take twice that.
        using (var file = File.Create(PathOf("numbers"))) file.SetLength(1L << 32);
        Assert.Contains("longer than 1000", Assert.Throws<InputException>(() => NumberFile.Read(PathOf("numbers"), default).Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoSuchFile_SaysSo() =>
        Assert.Equal($"{PathOf("none")}: no such file.", Assert.Throws<InputException>(() => NumberFile.Read(PathOf("none"), default).Count()).Message);

    [Fact]
    public void Read_Folder_IsBadInput() => Assert.Throws<InputException>(() => NumberFile.Read(Folder, default).Count());

    [Fact]
    public void Read_EmptyPath_IsBadInput() => Assert.Throws<InputException>(() => NumberFile.Read("", default).Count());

    [Fact]
    public void Read_Cancelled_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        using var numbers = NumberFile.Read(Write("numbers", "1\n2"), cancellation.Token).GetEnumerator();
        Assert.True(numbers.MoveNext());
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => numbers.MoveNext());
    }

    private ulong[] Read(string text) => [.. NumberFile.Read(Write("numbers", text), default)];
}

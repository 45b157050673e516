using ActorCompute.Kinds.Primes;

namespace ActorCompute.Kinds.Tests.Primes;

public sealed class PrimesKindsTests : TestFolder
{
    private static readonly (string, string)[] Top = [("from", "2^64-100"), ("to", "2^64-1")];

    [Theory]
    [InlineData("0", "0", 0)]
    [InlineData("0", "2", 1)]
    [InlineData("0", "100", 25)]
    [InlineData("1e6", "2e6", 70435)]
    [InlineData("0", "1e8", 5761455)]
    public void Count_Range_IsKnown(string from, string to, ulong primes)
    {
        var answer = InProcess.Run(BuiltInKinds.PrimesCount, ("from", from), ("to", to));
        Assert.Equal([primes], answer.Column(0));
        Assert.Equal(answer.Planned, answer.Tasks);
        Assert.Empty(answer.Notes);
    }

    [Fact]
    public void Count_LargeRange_IsCutIntoPieces() =>
        Assert.Equal(6, InProcess.Prepare(BuiltInKinds.PrimesCount, ("from", "0"), ("to", "1e8")).Plan(default).Count);

    [Theory]
    [InlineData("0", "2^64-1")]
    [InlineData("0", "1e12")]
    [InlineData("2^64-2^40", "2^64-1")]
    public void Count_HugeRange_IsPlannedAtOnceAndLazily(string from, string to)
    {
        var plan = InProcess.Prepare(BuiltInKinds.PrimesCount, ("from", from), ("to", to)).Plan(default);
        Assert.InRange(plan.Count!.Value, 1, long.MaxValue);
        Assert.Equal(16, plan.Tasks.First().Length);
    }

    [Fact]
    public void Count_APieceFails_GivesNoSumButANote()
    {
        var first = true;
        var answer = InProcess.Run(BuiltInKinds.PrimesCount, task => Interlocked.Exchange(ref first, false) ? ReadOnlyMemory<byte>.Empty : task, ("from", "0"), ("to", "1e8"));

        Assert.Empty(answer.Rows);
        var note = Assert.Single(answer.Notes);
        Assert.True(note.IsIncomplete);
        Assert.StartsWith("0 to ", note.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void List_SmallRange_IsKnown() =>
        Assert.Equal([2UL, 3UL, 5UL, 7UL, 11UL, 13UL, 17UL, 19UL, 23UL, 29UL], InProcess.Run(BuiltInKinds.PrimesList, ("from", "0"), ("to", "30")).Column(0).Cast<ulong>());

    [Fact]
    public void List_SeveralPieces_IsAscendingAndComplete()
    {
        var answer = InProcess.Run(BuiltInKinds.PrimesList, ("from", "0"), ("to", "3e6"));
        var primes = answer.Column(0).Cast<ulong>().ToList();

        Assert.Equal(3, answer.Tasks);
        Assert.Equal(answer.Planned, answer.Tasks);
        Assert.Equal(216_816, primes.Count);
        Assert.True(primes.Zip(primes.Skip(1)).All(pair => pair.First < pair.Second));
    }

    [Fact]
    public void List_LastNumbersThereAre_AreKnown() =>
        Assert.Equal([18446744073709551521UL, 18446744073709551533UL, 18446744073709551557UL], InProcess.Run(BuiltInKinds.PrimesList, Top).Column(0).Cast<ulong>());

    [Fact]
    public void List_APieceFails_IsANoteAndTheRestIsThere()
    {
        var first = true;
        var answer = InProcess.Run(BuiltInKinds.PrimesList, task => Interlocked.Exchange(ref first, false) ? new byte[3] : task, ("from", "0"), ("to", "3e6"));

        Assert.True(Assert.Single(answer.Notes).IsIncomplete);
        Assert.Equal(1_048_583UL, answer.Column(0).First());
    }

    [Fact]
    public void Test_NumbersAndFile_AreTestedInOrder()
    {
        var answer = InProcess.Run(BuiltInKinds.PrimesTest, ("number", "2^61-1"), ("number", "91"), ("from-file", Write("numbers", "97\n# no\n0\n")));

        Assert.Equal([((1UL << 61) - 1, true), (91UL, false), (97UL, true), (0UL, false)], answer.Rows.Select(row => ((ulong)row.Values[0]!, (bool)row.Values[1]!)));
        Assert.Equal(4, answer.Planned);
        Assert.Equal("91 is not prime, worker w", answer.Rows[1].Line);
    }

    [Fact]
    public void Test_NothingToTest_IsBadInput()
    {
        Assert.Throws<InputException>(() => InProcess.Prepare(BuiltInKinds.PrimesTest));
        Assert.Contains("no number", Assert.Throws<InputException>(() => InProcess.Run(BuiltInKinds.PrimesTest, ("from-file", Write("empty", "# nothing\n")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_LastLineIsWrong_NothingIsRun()
    {
        var job = InProcess.Prepare(BuiltInKinds.PrimesTest, ("from-file", Write("numbers", "1\n2\nx\n")));
        Assert.Contains("line 3", Assert.Throws<InputException>(() => job.Plan(default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_ATaskFails_IsANote()
    {
        var answer = InProcess.Run(BuiltInKinds.PrimesTest, _ => new byte[3], ("number", "97"));
        Assert.Empty(answer.Rows);
        Assert.StartsWith("97 could not be tested", Assert.Single(answer.Notes).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("primes-count")]
    [InlineData("primes-list")]
    public void Range_ParameterMissingTwiceOrUnknown_IsBadInput(string name)
    {
        var kind = BuiltInKinds.All.Single(candidate => candidate.Name == name);
        Assert.Throws<InputException>(() => InProcess.Prepare(kind, ("from", "1")));
        Assert.Throws<InputException>(() => InProcess.Prepare(kind, ("from", "1"), ("to", "2"), ("to", "3")));
        Assert.Throws<InputException>(() => InProcess.Prepare(kind, ("from", "1"), ("to", "2"), ("too", "3")));
    }

    [Fact]
    public void PieceLength_WholeRange_PaysForItsBasePrimesInOneSegment() =>
        Assert.InRange(PrimesCountKind.PieceLength(new(0, ulong.MaxValue)), 1UL << 31, 128UL * 1024 * 1024 * 30 - 30);

    [Theory]
    [InlineData(1_000_000_000_000_000, 1_000_000_000, 8)]         // roots of 3 · 10^7: worth eight pieces
    [InlineData(1_000_000_000_000_000_000, 1_000_000_000, 2)]     // of 10^9: half of that a piece, or two workers have no use
    [InlineData(1_000_000_000_000_000_000, 100_000_000, 1)]
    [InlineData(0, 10_000_000_000, 256)]
    public void PieceLength_Window_AsManyPiecesAsAreWorthIt(ulong from, ulong width, long pieces)
    {
        var range = new NumberRange(from, from + width - 1);
        Assert.InRange(range.PiecesOf(PrimesCountKind.PieceLength(range)), pieces, pieces + 1);
    }
}

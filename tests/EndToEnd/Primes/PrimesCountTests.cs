namespace ActorCompute.EndToEnd.Primes;

/// <summary><c>primes count</c> against known counts.</summary>
[Collection(Lane.Faults)]
public class PrimesCountTests(ProcessEnvironment environment)
{
    /// <summary>OEIS A006880; the windows by primesieve 11.0.</summary>
    [Theory]
    [InlineData("1", "1e9", "50847534")]
    [InlineData("1", "1e10", "455052511")]
    [InlineData("1e15", "1e15+1e6", "28845")]
    [InlineData("2^64-1e6", "2^64-1", "22475")]
    [InlineData("0", "1", "0")]
    [InlineData("18446744073709551557", "18446744073709551557", "1")]
    public async Task Count_KnownRange_Exact(string from, string to, string expected) =>
        Assert.Equal([expected], (await (await environment.ClusterAsync()).RunAsync("primes", "count", from, to)).AssertClean().Output);

    [Fact]
    public async Task Count_Json_HasTheCountAndWhereTheLastPieceRan()
    {
        var answer = JsonAnswer.Parse((await (await environment.ClusterAsync()).RunAsync("primes", "count", "1", "1e6", "--format", "json")).AssertClean());
        var row = Assert.Single(answer.Rows);
        Assert.Equal(78498, row.GetProperty("primes").GetInt64());
        Assert.True(row.GetProperty("pid").GetInt32() > 1);
    }
}

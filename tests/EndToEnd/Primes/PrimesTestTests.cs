using System.Globalization;

namespace ActorCompute.EndToEnd.Primes;

/// <summary><c>primes test</c>.</summary>
[Collection(Lane.Faults)]
public class PrimesTestTests(ProcessEnvironment environment)
{
    [Fact]
    public async Task Test_NumbersOfTheExecutorsNotes_FirstFiveArePrime()
    {
        var result = (await CommandLineProgram.RunAsync(
            "primes", "test", "112272535095293", "112582705942171", "112272535095293", "115280095190773", "115797848077099", "1099726899285419", "--ordered")).AssertClean();
        Assert.Equal(
            ["number\tprime", "112272535095293\ttrue", "112582705942171\ttrue", "112272535095293\ttrue", "115280095190773\ttrue", "115797848077099\ttrue", "1099726899285419\tfalse"],
            result.Output);
    }

    [Fact]
    public async Task Test_NumbersThatFoolSimpleTests_AreNotPrime()
    {
        // Carmichael numbers; strong pseudoprimes to the first 1 … 12 prime bases (psi numbers, OEIS A014233) below 2^64;
        // squares and products of large primes.
        string[] composites =
        [
            "561", "1105", "1729", "2465", "6601", "8911", "825265", "321197185", "5394826801", "232250619601", "9746347772161", "1436697831295441",
            "2047", "1373653", "25326001", "3215031751", "2152302898747", "3474749660383", "341550071728321", "3825123056546413051",
            "18446744030759878681", "18446743979220271189", "0", "1", "4", "18446744073709551615", "2^64-2",
        ];
        string[] primes = ["2", "3", "5", "4294967291", "4294967311", "18446744073709551557", "2^61-1", "1e9+7", "999_999_937"];
        var result = (await (await environment.ClusterAsync()).RunAsync(["primes", "test", .. composites, .. primes, "--ordered"])).AssertClean();
        Assert.Equal([.. composites.Select(_ => "false"), .. primes.Select(_ => "true")], result.Rows.Select(row => row["prime"]));
        Assert.Equal("18446744073709551614", result.Rows[composites.Length - 1]["number"]);
        Assert.Equal("1000000007", result.Rows[^2]["number"]);
    }

    [Fact]
    public async Task Test_FromFile_TestsEachLine()
    {
        using var folder = new TestFolder();
        var numbers = Enumerable.Range(0, 5000).Select(number => number.ToString(CultureInfo.InvariantCulture)).ToList();
        var path = folder.Write("numbers.txt", "# five thousand\r\n\r\n" + string.Join("\n", numbers) + "   # the last, without a line end");
        var result = (await (await environment.ClusterAsync()).RunAsync("primes", "test", "2^31-1", "--from-file", path, "--ordered")).AssertClean();
        Assert.Equal(["2147483647", .. numbers], result.Rows.Select(row => row["number"]));
        Assert.Equal(669 + 1, result.Rows.Count(row => row["prime"] == "true"));
    }

    [Fact]
    public async Task Test_Unordered_EveryNumberOnce()
    {
        var numbers = Enumerable.Range(1, 200).Select(number => number.ToString(CultureInfo.InvariantCulture)).ToList();
        var result = (await (await environment.ClusterAsync()).RunAsync(["primes", "test", .. numbers])).AssertClean();
        Assert.Equal(numbers.Order(StringComparer.Ordinal), result.Rows.Select(row => row["number"]).Order(StringComparer.Ordinal));
        Assert.Equal(46, result.Rows.Count(row => row["prime"] == "true"));
    }
}

using System.Globalization;
using ActorCompute.Kinds;

namespace ActorCompute;

/// <summary>Jobs over numbers up to 2^64-1, for <c>cluster.Run</c>.</summary>
public static class Primes
{
    /// <summary>Counts the primes in a range: <c>await cluster.Run(Primes.Count(1, 10_000_000_000))</c>.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="to">The last, included.</param>
    /// <exception cref="InputException">The range is empty.</exception>
    public static AnswerJob<ulong> Count(ulong from, ulong to) => BuiltInKinds.PrimesCount.WithTexts(Range(from, to)).Single();

    /// <summary>Lists the primes in a range; in ascending order with <c>JobOptions.Ordered</c>.</summary>
    /// <inheritdoc cref="Count"/>
    public static Job<ulong> List(ulong from, ulong to) => BuiltInKinds.PrimesList.WithTexts(Range(from, to));

    /// <summary>Tests numbers for primality, without error.</summary>
    /// <param name="numbers">The numbers; they are kept until the job ends.</param>
    /// <returns>A row for each number, as it is tested.</returns>
    /// <exception cref="InputException">There is none.</exception>
    public static Job<PrimeRow> Test(params IEnumerable<ulong> numbers)
    {
        var values = new ParameterValues();
        foreach (var number in numbers) values.Add("number", Text(number));
        return BuiltInKinds.PrimesTest.WithTexts(values);
    }

    private static ParameterValues Range(ulong from, ulong to) => new ParameterValues().Add("from", Text(from)).Add("to", Text(to));

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}

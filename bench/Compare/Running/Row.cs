using ActorCompute.Measuring;

namespace ActorCompute.Compare.Running;

/// <summary>What is better in a row.</summary>
internal enum Better
{
    /// <summary>Seconds, nanoseconds.</summary>
    Less,

    /// <summary>Tasks a second.</summary>
    More,
}

/// <summary>A row to measure: one question, asked of several.</summary>
/// <param name="Group">Its group.</param>
/// <param name="Name">What is measured.</param>
/// <param name="Unit">Of every value in it.</param>
/// <param name="Better">Which of two values is the better one.</param>
/// <param name="Contenders">Those asked; the first is the product, which the others are held against.</param>
internal sealed record Row(string Group, string Name, string Unit, Better Better, IReadOnlyList<Contender> Contenders)
{
    /// <summary>What the first one aims at.</summary>
    public Goal? Goal { get; init; }
}

/// <summary>What the product aims at: a value of its own, or a ratio to the contender at a place.</summary>
/// <param name="Bound">The value or the ratio.</param>
/// <param name="Against">The contender's place in the row, from 1; 0 when the bound is a value.</param>
internal readonly record struct Goal(double Bound, int Against = 0);

/// <summary>A contender's values in a row.</summary>
internal sealed record Standing(string Name, Measurement Values);

/// <summary>A row that was measured.</summary>
/// <param name="Row">What was asked.</param>
/// <param name="Standings">The answers, of those that took part; the product's first.</param>
internal sealed record RowResult(Row Row, IReadOnlyList<Standing> Standings)
{
    private Standing Product => Standings[0];

    /// <summary>How many times better the product is than another, by medians: above 1 it is ahead.</summary>
    public double RatioTo(Standing other) => Row.Better == Better.Less
        ? other.Values.Median / Product.Values.Median
        : Product.Values.Median / other.Values.Median;

    /// <summary>Whether the goal is reached; null without one, or when the one it is held against did not take part.</summary>
    public bool? IsReached
    {
        get
        {
            if (Row.Goal is not { } goal) return null;
            if (goal.Against == 0) return Row.Better == Better.Less ? Product.Values.Median <= goal.Bound : Product.Values.Median >= goal.Bound;
            var peer = Standings.FirstOrDefault(standing => standing.Name == Row.Contenders[goal.Against].Name);
            return peer is null ? null : RatioTo(peer) >= goal.Bound;
        }
    }
}

/// <summary>One who did not take part, and why.</summary>
internal sealed record Absence(string Row, string Name, string Why);

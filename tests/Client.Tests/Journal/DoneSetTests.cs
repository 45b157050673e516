using ActorCompute.Client.Journal;

namespace ActorCompute.Client.Tests.Journal;

public class DoneSetTests
{
    [Theory]
    [InlineData(1, 300, 200)]
    [InlineData(2, 200_000, 90_000)]
    [InlineData(3, 70_000, 400_000)]
    public void AddAndRemove_AtRandom_AgreesWithASet(int seed, int range, int steps)
    {
        var random = new Random(seed);
        var (set, expected) = (new DoneSet(), new HashSet<long>());
        for (var i = 0; i < steps; i++)
        {
            var number = random.Next(range);
            if (random.Next(10) == 0) Assert.Equal(expected.Remove(number), set.Remove(number));
            else Assert.Equal(expected.Add(number), set.Add(number));
        }

        Assert.Equal(expected.Count, set.Count);
        for (var number = 0; number < range; number++) Assert.Equal(expected.Contains(number), set.Contains(number));
    }

    [Fact]
    public void Add_ManyNumbersInARow_TakesNextToNothing()
    {
        const int many = 10_000_000;
        var set = new DoneSet();
        for (var number = 0; number < many; number++) set.Add(number);
        Assert.Equal((many, many - 1), (set.Count, set.Largest));
        Assert.True(set.Contains(many - 1));
        Assert.False(set.Contains(many));
        Assert.False(set.Add(65_000));
        Assert.True(set.Remove(65_000));
        Assert.False(set.Contains(65_000));
        Assert.True(set.Add(65_000));
    }
}

namespace ActorCompute.Kinds.Tests;

public sealed class BuiltInKindsTests
{
    [Fact]
    public void All_Names_AreDistinctAndTypeable()
    {
        Assert.Equal(
            ["scan", "flagstat", "depth", "primes-test", "primes-count", "primes-list", "fib", "sum-squares", "count", "sleep", "echo", "fetch", "command"], BuiltInKinds.All.Select(kind => kind.Name));
        Assert.Equal(BuiltInKinds.All.Select(kind => kind.Name).Append("crash").Order(), BuiltInKinds.Names.Keys.Order());
        Assert.All(BuiltInKinds.All, kind => Assert.Matches("^[a-z][a-z0-9-]*$", kind.Name));
    }

    [Fact]
    public void All_Parameters_AreDescribed() =>
        Assert.All(BuiltInKinds.All, kind =>
        {
            Assert.NotEmpty(kind.Summary);
            Assert.Equal(kind.Parameters.Count, kind.Parameters.DistinctBy(parameter => parameter.Name).Count());
            Assert.All(kind.Parameters, parameter => Assert.NotEmpty(parameter.Description));
        });

    [Fact]
    public void Open_GarbageParameters_AreRefusedByEveryKind() =>
        Assert.All(BuiltInKinds.All, kind =>
        {
            foreach (var bytes in new byte[][] { [], [0xFF], "{}"u8.ToArray(), "null"u8.ToArray(), "[1]"u8.ToArray(), new byte[100] })
            {
                Assert.Throws<FormatException>(() => kind.Open(bytes));
            }
        });

    [Fact]
    public void Inflate_Library_IsNamed() => Assert.NotEmpty(Libraries.Inflate);
}

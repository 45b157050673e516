namespace ActorCompute.Abstractions.Tests.Parameters;

public sealed class ParameterValuesTests
{
    private readonly ParameterValues _values = new ParameterValues().Add("one", "1").Add("many", "a").Add("many", "b");

    [Fact]
    public void All_ValuesOfAName_ComeInTheOrderGiven()
    {
        Assert.Equal(["a", "b"], _values.All("many"));
        Assert.Equal(["1"], _values.All("one"));
        Assert.Empty(_values.All("none"));
        Assert.Empty(_values.All("ONE"));
    }

    [Fact]
    public void Optional_OnceOrNever_IsTheValueOrNone()
    {
        Assert.Equal("1", _values.Optional("one"));
        Assert.Null(_values.Optional("none"));
    }

    [Fact]
    public void Optional_Twice_IsBadInput() => Assert.Contains("2 times", Assert.Throws<InputException>(() => _values.Optional("many")).Message, StringComparison.Ordinal);

    [Fact]
    public void Required_Missing_IsBadInput() => Assert.Equal("none is missing.", Assert.Throws<InputException>(() => _values.Required("none")).Message);

    [Fact]
    public void Required_Twice_IsBadInput() => Assert.Throws<InputException>(() => _values.Required("many"));
}

using System.Diagnostics;

namespace ActorCompute.Processes.Tests.Children;

public sealed class ChildCulturesTests
{
    private const string Variable = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";

    [Fact]
    public void Decide_BuiltInKindsAlone_HaveNoCultures()
    {
        var info = new ProcessStartInfo("x");
        ChildCultures.Decide(info, wanted: false);
        Assert.Equal("1", info.Environment[Variable]);
    }

    [Fact]
    public void Decide_CodeOfUsers_HasThemWhereTheMachineDoes()
    {
        // Inherited from whoever started this process, it decides nothing.
        var info = new ProcessStartInfo("x") { Environment = { [Variable] = "true" } };
        ChildCultures.Decide(info, wanted: true);
        Assert.Equal(ChildCultures.AreHere ? "0" : "1", info.Environment[Variable]);
    }

    [Fact]
    public void AreHere_ProcessThatHasCultures_KnowsIt()
    {
        Assert.True(ChildCultures.AreHere || !HasCultures());
    }

    private static bool HasCultures()
    {
        try
        {
            return System.Globalization.CultureInfo.GetCultureInfo("de-DE").NumberFormat.NumberDecimalSeparator == ",";
        }
        catch (System.Globalization.CultureNotFoundException)
        {
            return false;
        }
    }
}

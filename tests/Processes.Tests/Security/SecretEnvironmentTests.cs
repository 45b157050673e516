using ActorCompute.Messages;

namespace ActorCompute.Processes.Tests.Security;

[Collection(ProcessWide.Name)]
public sealed class SecretEnvironmentTests : TestFolder
{
    private const string FromVariable = "secret of the variable";

    private readonly string? _before = Environment.GetEnvironmentVariable(ClusterSecret.EnvironmentVariable);

    public SecretEnvironmentTests() => Environment.SetEnvironmentVariable(ClusterSecret.EnvironmentVariable, FromVariable);

    public override void Dispose()
    {
        Environment.SetEnvironmentVariable(ClusterSecret.EnvironmentVariable, _before);
        base.Dispose();
    }

    [Fact]
    public void Find_VariableSet_ComesBeforeTheFileOfThePerson()
    {
        Assert.Equal(FromVariable, SecretFile.Find().Text);
        Assert.Equal(FromVariable, SecretFile.FindOrCreate().Text);
    }

    [Fact]
    public void FindOrCreate_FileNamed_ComesBeforeTheVariable() => Assert.NotEqual(FromVariable, SecretFile.FindOrCreate(PathOf("secret")).Text);

    [Fact]
    public void Find_VariableTooShort_IsRefused()
    {
        Environment.SetEnvironmentVariable(ClusterSecret.EnvironmentVariable, "short");
        Assert.Throws<InputException>(() => SecretFile.Find());
    }
}

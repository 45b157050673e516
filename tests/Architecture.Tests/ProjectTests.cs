using System.Text.RegularExpressions;

namespace ActorCompute.Architecture.Tests;

/// <summary>What the project files and the solution say.</summary>
public sealed partial class ProjectTests
{
    /// <summary>What each project under src may be compiled against; a new line here is a decision.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Abstractions"] = [],
        ["Kernels"] = [],
        ["Kinds"] = ["Abstractions", "Kernels"],
        ["Messages"] = ["Abstractions"],
        ["Plugins"] = ["Abstractions"],
        ["Hosting"] = ["Abstractions", "Messages"],
        ["Registry"] = ["Abstractions", "Hosting", "Messages"],
        ["Client"] = ["Abstractions", "Hosting", "Messages", "Registry"],
        ["Seed"] = ["Abstractions", "Hosting", "Messages", "Registry"],
        ["Worker"] = ["Abstractions", "Hosting", "Kinds", "Messages", "Plugins"],
        ["Cli"] = ["Abstractions", "Client", "Hosting", "Kernels", "Kinds", "Messages", "Plugins"],
    };

    [Fact]
    public void Projects_Name_IsThatOfTheFolder() => Assert.All(Repository.Projects, project => Assert.Equal(project.Folder, project.Name));

    [Fact]
    public void Projects_All_AreInTheSolutionAndNothingElseIs()
    {
        var listed = SolutionProject().Matches(Repository.Read("ActorCompute.sln")).Select(match => match.Groups[1].Value.Replace('\\', '/'));
        Assert.Equal(Repository.Projects.Select(project => project.Path), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Source_References_AreTheAllowedOnes()
    {
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Repository.ProjectsUnder("src").Select(project => project.Name).Order(StringComparer.Ordinal));
        Assert.All(Repository.ProjectsUnder("src"), project =>
            Assert.Empty(project.References.Except(Allowed[project.Name].Select(name => $"src/{name}/{name}.csproj"))));
    }

    [Theory]
    [InlineData("Abstractions")]
    [InlineData("Kernels")]
    public void PureProjects_PackagesAndEngine_TheyUseNone(string name)
    {
        var project = Repository.ProjectsUnder("src").Single(candidate => candidate.Name == name);
        Assert.Empty(project.Packages);
        Assert.Empty(project.Engine);
    }

    [Theory]
    [InlineData("Kinds")]
    [InlineData("Cli")]
    public void ProjectsAboveTheClient_Engine_TheyUseNone(string name) =>
        Assert.Empty(Repository.ProjectsUnder("src").Single(candidate => candidate.Name == name).Engine);

    [Fact]
    public void Cli_Programs_AreBuiltWithIt() =>
        Assert.Equal(["src/Seed/Seed.csproj", "src/Worker/Worker.csproj"], Repository.ProjectsUnder("src").Single(project => project.Name == "Cli").Builds.Order(StringComparer.Ordinal));

    /// <summary>What a user copies must need nothing but what a user has.</summary>
    [Fact]
    public void OwnKind_References_TheContractAlone()
    {
        var project = Repository.ProjectsUnder("samples").Single(candidate => candidate.Name == "OwnKind");
        Assert.Equal(["src/Abstractions/Abstractions.csproj"], project.References);
        Assert.Empty(project.Packages);
        Assert.Empty(project.Engine);
    }

    [Fact]
    public void Engine_References_StayWithinTheEngine() =>
        Assert.All(Repository.ProjectsUnder("engine"), project =>
            Assert.All(project.References.Concat(project.Builds), reference => Assert.StartsWith("engine/", reference, StringComparison.Ordinal)));

    [Fact]
    public void Engine_Users_SayWhichPartAndNotWhichProject()
    {
        // Only then the switch ActorEngine reaches them; the engine's own tests are of its inside.
        var users = Repository.Projects.Where(project => !project.Path.StartsWith("engine/", StringComparison.Ordinal) && project.Name != "Engine.Tests");
        Assert.All(users, project =>
        {
            Assert.DoesNotContain(project.References, reference => reference.StartsWith("engine/", StringComparison.Ordinal));
            Assert.DoesNotContain(project.Packages, package => package.StartsWith("Akka", StringComparison.Ordinal));
        });
    }

    [GeneratedRegex("""^Project\("[^"]+"\) = "[^"]+", "([^"]+\.csproj)"\s*,""", RegexOptions.Multiline)]
    private static partial Regex SolutionProject();
}

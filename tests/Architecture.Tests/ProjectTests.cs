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
        ["Scheduling"] = ["Abstractions"],
        ["Processes"] = ["Abstractions", "Messages", "Scheduling"],
        ["Remoting"] = ["Abstractions", "Messages", "Processes", "Scheduling"],
        ["Registry"] = ["Abstractions", "Processes", "Remoting", "Messages", "Scheduling"],
        ["Client"] = ["Abstractions", "Processes", "Remoting", "Messages", "Registry", "Scheduling"],
        // The library alone; of the rest the address of a seed is read and options are checked.
        ["Hosting"] = ["Client"],
        ["Seed"] = ["Abstractions", "Processes", "Remoting", "Messages", "Registry"],
        // The client for the calls that tasks make, loaded with the first of them: docs/decisions/0015-tasks-that-use-the-cluster.md.
        ["Worker"] = ["Abstractions", "Client", "Processes", "Remoting", "Kinds", "Messages", "Plugins", "Scheduling"],
        ["Cli"] = ["Abstractions", "Client", "Processes", "Remoting", "Kernels", "Kinds", "Messages", "Plugins"],
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
    [InlineData("Scheduling")]
    public void PureProjects_Packages_TheyUseNone(string name)
    {
        Assert.Empty(Repository.ProjectsUnder("src").Single(project => project.Name == name).Packages);
    }

    [Theory]
    [InlineData("Kinds")]
    [InlineData("Cli")]
    [InlineData("Processes")]
    public void ProjectsWithoutActors_Akka_TheyUseNone(string name) =>
        Assert.Empty(Repository.ProjectsUnder("src").Single(candidate => candidate.Name == name).Akka);

    /// <summary>A program without a web server has none by us; hosts and health checks are packages of their own.</summary>
    [Fact]
    public void Source_Frameworks_AspNetCoreIsNoneOfThem() => Assert.All(Repository.ProjectsUnder("src").Concat(Repository.ProjectsUnder("pack")), project =>
    {
        Assert.Equal("Microsoft.NET.Sdk", project.Sdk);
        Assert.Empty(project.Frameworks);
        Assert.DoesNotContain(project.Packages, package => package.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    });

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
    }

    [GeneratedRegex("""^Project\("[^"]+"\) = "[^"]+", "([^"]+\.csproj)"\s*,""", RegexOptions.Multiline)]
    private static partial Regex SolutionProject();
}

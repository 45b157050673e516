namespace ActorCompute.Samples.Tests;

/// <summary>The first program of the guide, as it stands there: outside of the repository, with nothing of its settings, and no network.</summary>
[Collection(SampleTests.Name)]
public sealed class GuideProgramTests : IDisposable
{
    private readonly TestFolder _folder = new();

    // artifacts/bin/<Project>/<configuration>/: what is built is used, and not built again.
    private static string Configuration => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    [UnixFact]
    public async Task Start_ProjectAndProgramOutsideTheRepository_RunAsWritten()
    {
        var (project, program) = (await Guide.FirstProjectAsync(), await Guide.FirstProgramAsync());
        Assert.Equal(2, project.Split("REPOSITORY/").Length - 1);
        var folder = Directory.CreateDirectory(_folder.PathOf("first program")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "first.csproj"), project.Replace("REPOSITORY", ProgramFolder.Repository, StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), program);

        // No node of MSBuild and no compiler stays behind, and whatever asks the network finds nobody.
        const string Alone = "MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false NuGetAudit=false http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 no_proxy=";
        await using var run = RunningProgram.StartShell(folder, $"{Alone} dotnet run -c {Configuration} -p:BuildProjectReferences=false");
        var result = (await run.WaitAsync("the guide's first program", TimeSpan.FromMinutes(5))).AssertExit(0);

        // What the comments of the program say, then the map.
        Assert.Equal(["144", "1", "4", "9"], result.Output);
        Assert.Contains("// 144", program, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}

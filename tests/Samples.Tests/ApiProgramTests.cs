using System.Globalization;

namespace ActorCompute.Samples.Tests;

/// <summary>The programs of docs/design/api.md, built with the packages by somebody who has nothing but that page.</summary>
[Collection(SampleTests.Name)]
public sealed class ApiProgramTests(SampleEnvironment environment)
{
    private const int MostLines = 25;

    [UnixFact]
    public async Task MapOverFiles_TwoLogs_CountsTheLinesOfEachInTheirOrder()
    {
        var programs = await environment.ProgramsAsync();
        var logs = Directory.CreateDirectory(Path.Combine(programs.FolderOf("files"), "logs")).FullName;
        await File.WriteAllTextAsync(Path.Combine(logs, "1"), "one\n");
        await File.WriteAllTextAsync(Path.Combine(logs, "2"), "one\ntwo\n");

        var result = await programs.RunAsync("files");

        // The system's order of files is that of the inputs.
        Assert.Equal(Directory.EnumerateFiles(logs).Select(Path.GetFileName).Select(name => $"logs/{name}: {name}"), result.Output);
    }

    [UnixFact]
    public async Task MonteCarlo_ToTheEnd_IsPiWithProgress()
    {
        var result = await (await environment.ProgramsAsync()).RunAsync("pi");
        Assert.InRange(double.Parse(Assert.Single(result.Output), CultureInfo.InvariantCulture), 3.13, 3.15);
        Assert.Contains(result.Error, line => line.EndsWith(" of 100", StringComparison.Ordinal));
    }

    [UnixFact]
    public async Task BamByChromosome_SyntheticFile_CountsAsTheCommandDoes()
    {
        var programs = await environment.ProgramsAsync();
        var file = Path.Combine(programs.FolderOf("chromosomes"), "sample.bam");
        await CommandLineProgram.RunAsync("make-bam", file, "--reads", "20000");
        var rows = (await CommandLineProgram.RunAsync("scan", file, "-q", "20", "--workers", "1", "--format", "tsv", "--progress", "none")).AssertExit(0).Rows;

        var result = await programs.RunAsync("chromosomes");

        Assert.Equal(rows.Select(row => $"{row["reference"]}\t{row["reads"]}").Order(StringComparer.Ordinal), result.Output.SkipLast(1).Order(StringComparer.Ordinal));
        Assert.Equal($"{rows.Sum(row => long.Parse(row["reads"], CultureInfo.InvariantCulture))} reads", result.Output[^1]);
    }

    [UnixFact]
    public async Task OwnKind_InTheProgramItself_FindsTheLongest() =>
        // Of numbers up to 300,000: https://oeis.org/A006877.
        Assert.Equal(["230631 takes 442 steps"], (await (await environment.ProgramsAsync()).RunAsync("own")).Output);

    [UnixFact]
    public async Task WebService_RequestHealthStop_AnswersAndLeavesNothing()
    {
        await using var service = (await environment.ProgramsAsync()).Start("service", "--urls http://127.0.0.1:0");
        const string Listening = "Now listening on: ";
        var line = await service.WaitForLineAsync(service.Output!, line => line.Contains(Listening, StringComparison.Ordinal), "the service listens");
        using var client = new HttpClient { BaseAddress = new(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]), Timeout = RunningProgram.Limit };

        // π(10^6).
        Assert.Equal("78498", await client.GetStringAsync("/primes/1000000"));
        Assert.Equal("Healthy", await client.GetStringAsync("/ready"));

        Signal.Send(service.Id, Signal.Terminate);
        (await service.WaitAsync("the service stops")).AssertExit(0);
        await service.AssertFamilyEndsAsync("the service has stopped", RunningProgram.Limit);
    }

    [Fact]
    public async Task Programs_Lines_AreFew() =>
        Assert.All(await ApiPrograms.ReadAsync(), program => Assert.InRange(program.Code.Split('\n').Count(line => line.Trim() is not ("" or "{" or "}")), 3, MostLines));
}

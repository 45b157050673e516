using System.Globalization;

namespace ActorCompute.EndToEnd.Executor;

/// <summary>Numbers, dates and the order of texts come out on a worker as they do here, whatever the culture.</summary>
[Collection(Lane.Clusters)]
public sealed class CultureTests(ProcessEnvironment environment)
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    [InlineData("")]
    public async Task Call_UnderACulture_GivesWhatItGivesHere(string culture)
    {
        var cluster = await environment.LocalAsync();
        // Ends with this method.
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.GetCultureInfo(culture), CultureInfo.GetCultureInfo("fr-FR"));
        var expected = Describe(1234.5);
        Assert.StartsWith(culture + " fr-FR ", expected, StringComparison.Ordinal);

        Assert.Equal(expected, await cluster.Submit(Describe, 1234.5).ResultAsync(Bound));
        Assert.Equal(expected, await cluster.Submit(DescribeAsync, 1234.5).ResultAsync(Bound));
        // Tiny ones travel as packs.
        await foreach (var described in cluster.Map(Describe, Enumerable.Repeat(1234.5, 500))) Assert.Equal(expected, described);
        Assert.Equal(1234.5, await cluster.Submit(double.Parse, 1234.5.ToString(CultureInfo.CurrentCulture)).ResultAsync(Bound));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public async Task StartLocal_ByAProgramUnderACulture_ItsWorkersReadWhatItTellsThem(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        await using var cluster = await ComputeCluster.StartLocalAsync(new()
        {
            Workers = 1,
            Slots = 2,
            MaxTasksPerWorker = 1500,
            MemoryLimit = 1L << 30,
            DrainTimeout = TimeSpan.FromMilliseconds(1500.5),
            StartTimeout = Bound,
        });
        Assert.Equal(9, await cluster.Submit(Functions.Square, 3L).ResultAsync(Bound));
        Assert.Equal("a7", await cluster.Submit(Functions.Join, "a", 7).ResultAsync(Bound));
    }

    [Fact]
    public async Task Call_AsksForAnotherCulture_HasIt()
    {
        var cluster = await environment.LocalAsync();
        Assert.Equal("1,5", await cluster.Submit((double number) => number.ToString(CultureInfo.GetCultureInfo("de-DE")), 1.5).ResultAsync(Bound));
    }

    [HiddenIcuFact]
    public async Task Worker_MachineWithoutIcu_SaysSoAndRefusesCallsUnderACulture()
    {
        var (seed, address) = await TestCluster.StartSeedAsync(0);
        var worker = RunningProgram.StartWithout(HiddenIcuFactAttribute.Libraries, "Worker", "actorcompute-worker", "--seed", address, "--name", "bare", "--slots", "1", "--plugins", AppContext.BaseDirectory);
        await using var cluster = TestCluster.Of(seed, address, worker);
        await cluster.WaitForWorkersAsync(1);
        await worker.WaitForLineAsync(worker.Error, line => line.StartsWith("there is no ICU here", StringComparison.Ordinal), "what it does without");
        await using var client = await cluster.ConnectAsync(Bound);

        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.InvariantCulture, CultureInfo.InvariantCulture);
        Assert.Equal(9, await client.Submit(Functions.Square, 3L).ResultAsync(Bound));

        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        var error = Assert.IsType<ClusterUnavailableException>(await client.Submit(Functions.Square, 3L).ExceptionAsync(Bound));
        Assert.Contains("this worker has no culture 'de-DE', which the caller has; install ICU on ", error.Message, StringComparison.Ordinal);
    }

    /// <summary>What built-in kinds alone need starts without ICU: 30 MB of it would be mapped.</summary>
    [UnixFact]
    public async Task Workers_IcuLibrary_IsThereForFunctionsAlone()
    {
        if (!Directory.Exists("/proc/self")) return;
        await using var builtIn = await ComputeCluster.StartLocalAsync(new() { Workers = 1, BuiltInOnly = true, StartTimeout = Bound });
        Assert.DoesNotContain("libicu", await File.ReadAllTextAsync($"/proc/{builtIn.Workers[0].ProcessId}/maps"), StringComparison.Ordinal);
        var own = await environment.LocalAsync();
        await own.Submit(Describe, 1.5).ResultAsync(Bound);
        Assert.Contains("libicu", string.Concat(own.Workers.Select(worker => File.ReadAllText($"/proc/{worker.ProcessId}/maps"))), StringComparison.Ordinal);
    }

    private static string Describe(double number) => string.Create(
        CultureInfo.CurrentCulture,
        $"{CultureInfo.CurrentCulture.Name} {CultureInfo.CurrentUICulture.Name} {number:N2} {new DateTime(2026, 1, 31):D} {"title".ToUpper(CultureInfo.CurrentCulture)} {string.Join(',', new[] { "z", "ä", "a", "Z" }.Order(StringComparer.CurrentCulture))}");

    private static async Task<string> DescribeAsync(double number)
    {
        await Task.Yield();
        return Describe(number);
    }
}

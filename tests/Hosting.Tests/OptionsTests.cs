using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ActorCompute.Hosting.Tests;

/// <summary>From the configuration and the program to the options of the library.</summary>
public sealed class OptionsTests
{
    // What only the library's own callers say, or the host does.
    private static readonly string[] NotOfHosts = ["AllowCrashes", "Logger", "OnNotice", "OnOutput"];

    [Fact]
    public void Configuration_OfTheLocalCluster_IsReadAndTheProgramComesAfterIt()
    {
        var options = Read(
            services => services.AddComputeCluster(options => options.Slots = 3),
            ("ComputeCluster:Workers", "5"), ("ComputeCluster:Slots", "2"), ("ComputeCluster:StartTimeout", "00:01:00"),
            ("ComputeCluster:Resources:gpu", "2"), ("ComputeCluster:Resources:mem", "8GiB"), ("ComputeCluster:Plugins:0", AppContext.BaseDirectory));

        var local = options.ToLocal();
        Assert.Equal((5, 3, TimeSpan.FromMinutes(1)), (local.Workers, local.Slots, local.StartTimeout));
        Assert.Equal(Resources.Of(("gpu", 2), ("mem", 8L << 30)), local.Resources);
        Assert.Equal([AppContext.BaseDirectory], local.Plugins);
    }

    [Fact]
    public void Configuration_WithASeed_IsOfAClusterThatStays()
    {
        var options = Read(services => services.AddComputeCluster(options => options.Workers = 0), ("ComputeCluster:Seed", "10.0.0.7:4053"), ("ComputeCluster:SecretFile", "secret.txt"));
        Assert.Equal(("10.0.0.7:4053", "secret.txt"), (options.Seed, options.ToConnect().SecretFile));
        Assert.Equal("10.0.0.8:4053", Read(services => services.AddComputeCluster("10.0.0.8:4053"), ("ComputeCluster:Seed", "10.0.0.7:4053")).Seed);
    }

    [Fact]
    public void Configuration_OfANamedCluster_IsItsOwn()
    {
        void Add(IServiceCollection services) => services.AddComputeCluster().AddKeyedComputeCluster("gpu", options => options.Slots = 2);
        (string, string)[] settings = [("ComputeCluster:Workers", "3"), ("ComputeClusters:gpu:Workers", "1")];
        Assert.Equal((1, 2), (Read("gpu", Add, settings).Workers!.Value, Read("gpu", Add, settings).Slots!.Value));
        Assert.Equal((3, (int?)null), (Read(Add, settings).Workers!.Value, Read(Add, settings).Slots));
    }

    [Fact]
    public void Options_OfTheLibrary_AllHaveOneOfTheHost()
    {
        var here = typeof(ComputeClusterHostOptions).GetProperties().Select(property => property.Name).Append("Timeout").Concat(NotOfHosts).ToHashSet();
        Assert.All(typeof(LocalClusterOptions).GetProperties().Concat(typeof(ConnectOptions).GetProperties()), property => Assert.Contains(property.Name, here));
    }

    [Fact]
    public void Options_NothingIsSet_AreTheDefaultsOfTheLibrary()
    {
        var local = new ComputeClusterHostOptions().ToLocal();
        Assert.Equal(new LocalClusterOptions { Plugins = local.Plugins }, local);
        Assert.Equal(new ConnectOptions(), new ComputeClusterHostOptions().ToConnect());
    }

    [Fact]
    public void Options_EachOfThemIsSet_ReachesTheLibrary()
    {
        var options = new ComputeClusterHostOptions
        {
            Secret = "a secret of sixteen or more",
            SecretFile = "f",
            TlsCertificateFile = "c",
            TlsPassword = "p",
            StartTimeout = TimeSpan.FromSeconds(7),
            Initializer = WorkerInitializer.Of(() => { }),
            Workers = 77,
            Slots = 7,
            IoLimit = 7,
            Plugins = { "x" },
            Resources = { ["gpu"] = "1" },
            MaxTasksPerWorker = 7,
            MemoryLimit = 7L << 30,
            DrainTimeout = TimeSpan.FromSeconds(7),
            AllowCommands = true,
            BuiltInOnly = true,
            Port = 7,
            SeparateSeed = true,
        };
        AssertAllDiffer(new LocalClusterOptions(), options.ToLocal());
        AssertAllDiffer(new ConnectOptions(), options.ToConnect());

        static void AssertAllDiffer<T>(T defaults, T mapped) => Assert.All(
            typeof(T).GetProperties().Where(property => !NotOfHosts.Contains(property.Name)), property => Assert.NotEqual(property.GetValue(defaults), property.GetValue(mapped)));
    }

    [Theory]
    [InlineData("Workers", "0", "ComputeCluster: 0 workers: a local cluster has 1 to 1024.")]
    [InlineData("Seed", "nowhere", "ComputeCluster: 'nowhere' is not a HOST:PORT address")]
    [InlineData("HealthCheckTimeout", "00:00:00", "HealthCheckTimeout 00:00:00: give more than 0")]
    [InlineData("Resources:GPU", "1", "ComputeCluster: ")]
    [InlineData("Workers", "many", "ComputeCluster:Workers")]
    [InlineData("Wokrers", "4", "Wokrers")]
    public async Task Start_OptionThatCannotBeUsed_FailsTheHostAndNamesIt(string option, string value, string says)
    {
        var builder = Builder(($"ComputeCluster:{option}", value));
        builder.Services.AddComputeCluster();
        using var host = builder.Build();
        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_Twice_IsOneClusterWithTheOptionsOfBoth()
    {
        var builder = Builder();
        builder.Services.AddComputeCluster(options => options.Workers = 2).AddComputeCluster(options => options.Slots = 2);
        Assert.Single(builder.Services, service => service.ServiceType == typeof(ComputeCluster));
        using var host = builder.Build();
        var options = host.Services.GetRequiredService<IOptions<ComputeClusterHostOptions>>().Value;
        Assert.Equal((2, 2), (options.Workers!.Value, options.Slots!.Value));
    }

    internal static HostApplicationBuilder Builder(params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value));
        return builder;
    }

    private static ComputeClusterHostOptions Read(Action<IServiceCollection> add, params (string, string)[] settings) => Read(Options.DefaultName, add, settings);

    private static ComputeClusterHostOptions Read(string name, Action<IServiceCollection> add, params (string, string)[] settings)
    {
        var builder = Builder(settings);
        add(builder.Services);
        using var host = builder.Build();
        return host.Services.GetRequiredService<IOptionsMonitor<ComputeClusterHostOptions>>().Get(name);
    }
}

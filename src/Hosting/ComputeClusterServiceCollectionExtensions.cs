using ActorCompute;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>A compute cluster among the services of a host.</summary>
public static class ComputeClusterServiceCollectionExtensions
{
    private static readonly string[] Tags = ["ready"];

    /// <summary>
    /// Adds a cluster that starts and stops with the host: a <see cref="ComputeCluster"/> to inject, and a health check
    /// <c>compute-cluster</c> with the tag <c>ready</c>. It is a local one, unless the options have a seed.
    /// </summary>
    /// <remarks>
    /// The cluster is up before any hosted service starts, and is left when all have stopped: submitted calls finish in the host's time to
    /// stop, the rest is cancelled. A cluster that does not start fails the start of the host, with the message of
    /// <see cref="ClusterUnavailableException"/>. Constructors of hosted services run before that: they take a
    /// <see cref="ComputeClusterAccessor"/>. The logger is that of the host, category <c>ActorCompute</c>. Added again, it is the same
    /// cluster, with the options of both calls.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options, after those of the section <c>ComputeCluster</c> of the configuration.</param>
    public static IServiceCollection AddComputeCluster(this IServiceCollection services, Action<ComputeClusterHostOptions>? configure = null) =>
        Add(services, ClusterName.Unnamed, configure);

    /// <summary>Adds a cluster that stays, which is reached when the host starts. For the rest as <see cref="AddComputeCluster(IServiceCollection,Action{ComputeClusterHostOptions})"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="seed">The seed, <c>HOST:PORT</c>.</param>
    /// <param name="configure">Sets options, after those of the section <c>ComputeCluster</c> of the configuration.</param>
    public static IServiceCollection AddComputeCluster(this IServiceCollection services, string seed, Action<ComputeClusterHostOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(seed);
        return Add(services, ClusterName.Unnamed, options =>
        {
            options.Seed = seed;
            configure?.Invoke(options);
        });
    }

    /// <summary>
    /// Adds a cluster with a name, beside others: <c>[FromKeyedServices("gpu")] ComputeCluster cluster</c>. Its options are in
    /// <c>ComputeClusters:NAME</c> of the configuration, its health check is <c>compute-cluster-NAME</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name: the key of the services.</param>
    /// <param name="configure">Sets options, after those of the configuration.</param>
    public static IServiceCollection AddKeyedComputeCluster(this IServiceCollection services, string name, Action<ComputeClusterHostOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(services, name, configure);
    }

    private static IServiceCollection Add(IServiceCollection services, string name, Action<ComputeClusterHostOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ServiceType == typeof(ComputeClusterHost) && name.Equals(service.ServiceKey))) AddServices(services, name);
        if (configure is not null) services.Configure(name, configure);
        return services;
    }

    private static void AddServices(IServiceCollection services, string name)
    {
        // A name that is no option is a slip of the pen: said, instead of a default in silence.
        services.AddOptions<ComputeClusterHostOptions>(name).BindConfiguration(ClusterName.SectionOf(name), binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ComputeClusterHostOptions>, ComputeClusterHostOptionsCheck>());

        services.AddKeyedSingleton(name, (provider, _) => new ComputeClusterHost(name, provider.GetRequiredService<IOptionsMonitor<ComputeClusterHostOptions>>(), provider.GetService<ILoggerFactory>()));
        services.AddSingleton<IHostedService>(HostOf);
        if (name == ClusterName.Unnamed)
        {
            services.AddSingleton(provider => HostOf(provider).Cluster);
            services.AddSingleton(provider => new ComputeClusterAccessor(HostOf(provider)));
        }
        else
        {
            services.AddKeyedSingleton(name, (provider, _) => HostOf(provider).Cluster);
            services.AddKeyedSingleton(name, (provider, _) => new ComputeClusterAccessor(HostOf(provider)));
        }

        services.AddHealthChecks().Add(new(ClusterName.HealthCheckOf(name), provider => new ComputeClusterHealthCheck(HostOf(provider).LookAsync, () => OptionsOf(provider).HealthCheckTimeout), failureStatus: null, Tags));

        ComputeClusterHost HostOf(IServiceProvider provider) => provider.GetRequiredKeyedService<ComputeClusterHost>(name);
        ComputeClusterHostOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptionsMonitor<ComputeClusterHostOptions>>().Get(name);
    }
}

using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The setup a system needs before all others: its configuration and its provider.</summary>
public sealed class BootstrapSetup : Setup.Setup
{
    private BootstrapSetup()
    {
    }

    private BootstrapSetup(Option<Config> config, Option<Config> fallback, Option<ProviderSelection> provider)
    {
        Config = config;
        ConfigFallback = fallback;
        ActorRefProvider = provider;
    }

    public Option<Config> Config { get; }

    /// <summary>Missing: <c>akka.actor.provider</c> says.</summary>
    public Option<ProviderSelection> ActorRefProvider { get; }

    internal Option<Config> ConfigFallback { get; }

    public static BootstrapSetup Create() => new();

    public BootstrapSetup WithConfig(Config config) => new(config, ConfigFallback, ActorRefProvider);

    public BootstrapSetup WithConfigFallback(Config config) => new(Config, config, ActorRefProvider);

    public BootstrapSetup WithActorRefProvider(ProviderSelection name) => new(Config, ConfigFallback, name);
}

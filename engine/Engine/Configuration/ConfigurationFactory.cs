using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Makes configurations.</summary>
public class ConfigurationFactory
{
    private static readonly Lazy<Config> Reference = new(() => ParseString(ReferenceConfig.Text));

    internal ConfigurationFactory()
    {
    }

    public static Config Empty => Config.Empty;

    /// <summary>The engine's own settings: what holds where nothing else is said.</summary>
    public static Config Default() => Reference.Value;

    /// <summary>Parses HOCON; an error in it throws <see cref="ConfigurationException"/> with its line.</summary>
    public static Config ParseString(string hocon) => new(HoconParser.Parse(hocon));
}

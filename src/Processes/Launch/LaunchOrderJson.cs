using System.Globalization;

namespace ActorCompute.Processes;

/// <summary>
/// A <see cref="LaunchOrder"/> as JSON, member by member: a member that is missing has its default, and one that is not known is
/// refused. No serializer: to bring one up, even a generated one, takes each child longer than all else before its actor system.
/// </summary>
internal static class LaunchOrderJson
{
    private const string Version = "Version";

    public static string Write(LaunchOrder order)
    {
        var json = new JsonLineWriter();
        // First, so that another version's order is refused for that and not for a member that is not known.
        json.Member(Version, BuildInfo.Version);
        json.Member(nameof(order.Secret), order.Secret);
        json.Member(nameof(order.SeedPort), order.SeedPort);
        if (order.Tls is { } tls)
        {
            json.Member(nameof(order.Tls), () =>
            {
                json.Member(nameof(tls.Path), tls.Path);
                json.Member(nameof(tls.Password), tls.Password);
            });
        }

        if (order.Node is { } node)
        {
            json.Member(nameof(order.Node), () =>
            {
                json.Member(nameof(node.WorkerId), node.WorkerId);
                json.Member(nameof(node.Incarnation), node.Incarnation);
                json.Member(nameof(node.PreviousEnd), node.PreviousEnd);
                json.Member(nameof(node.TrustsCaller), node.TrustsCaller);
                json.Member(nameof(node.Settings), () => Write(json, node.Settings));
            });
        }

        return json.End();
    }

    private static void Write(JsonLineWriter json, WorkerSettings settings)
    {
        json.Member(nameof(settings.Name), settings.Name);
        json.Member(nameof(settings.Host), settings.Host);
        json.Member(nameof(settings.Ports), settings.Ports.ToString());
        json.Member(nameof(settings.Slots), settings.Slots);
        json.Member(nameof(settings.IoLimit), settings.IoLimit);
        json.Member(nameof(settings.Plugins), settings.Plugins);
        json.Member(nameof(settings.Resources), () =>
        {
            foreach (var (name, amount) in settings.Resources.Amounts) json.Member(name, amount);
        });
        json.Member(nameof(settings.MaxTasks), settings.MaxTasks);
        json.Member(nameof(settings.MemoryLimit), settings.MemoryLimit);
        json.Member(nameof(settings.DrainTimeout), settings.DrainTimeout.Ticks);
        json.Member(nameof(settings.BuiltInOnly), settings.BuiltInOnly);
        json.Member(nameof(settings.AllowCrashes), settings.AllowCrashes);
        json.Member(nameof(settings.AllowCommands), settings.AllowCommands);
    }

    /// <exception cref="InputException">The line is no order of this version.</exception>
    public static LaunchOrder Read(string line)
    {
        try
        {
            var json = new JsonLineReader(line);
            var order = ReadOrder(json);
            json.End();
            return order.Secret.Length > 0 ? order : throw Refused("it has no secret.");
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw Refused(e.Message);
        }
    }

    private static LaunchOrder ReadOrder(JsonLineReader json)
    {
        var order = new LaunchOrder { Secret = "" };
        json.Object(name => order = name switch
        {
            Version => json.Text() is var version && version == BuildInfo.Version ? order : throw Refused($"it is of version {version}, and this program of {BuildInfo.Version}."),
            nameof(order.Secret) => order with { Secret = json.Text() },
            nameof(order.SeedPort) => order with { SeedPort = checked((int)json.Number()) },
            nameof(order.Tls) => order with { Tls = ReadTls(json) },
            nameof(order.Node) => order with { Node = ReadNode(json) },
            _ => throw Unknown(name),
        });
        return order;
    }

    private static TlsCertificate ReadTls(JsonLineReader json)
    {
        var tls = new TlsCertificate("", "");
        json.Object(name => tls = name switch
        {
            nameof(tls.Path) => tls with { Path = json.Text() },
            nameof(tls.Password) => tls with { Password = json.Text() },
            _ => throw Unknown(name),
        });
        return tls;
    }

    private static NodeOrder ReadNode(JsonLineReader json)
    {
        var node = new NodeOrder { WorkerId = "", Incarnation = 0, Settings = new() { Name = "" } };
        json.Object(name => node = name switch
        {
            nameof(node.WorkerId) => node with { WorkerId = json.Text() },
            nameof(node.Incarnation) => node with { Incarnation = json.Number() },
            nameof(node.PreviousEnd) => node with { PreviousEnd = json.Text() },
            nameof(node.TrustsCaller) => node with { TrustsCaller = json.Flag() },
            nameof(node.Settings) => node with { Settings = ReadSettings(json) },
            _ => throw Unknown(name),
        });
        if (node.WorkerId.Length == 0) throw Refused("it names no worker.");
        return node;
    }

    private static WorkerSettings ReadSettings(JsonLineReader json)
    {
        var settings = new WorkerSettings { Name = "" };
        json.Object(name => settings = name switch
        {
            nameof(settings.Name) => settings with { Name = json.Text() },
            nameof(settings.Host) => settings with { Host = json.Text() },
            nameof(settings.Ports) => settings with { Ports = PortRange.Parse(json.Text()) },
            nameof(settings.Slots) => settings with { Slots = checked((int)json.Number()) },
            nameof(settings.IoLimit) => settings with { IoLimit = checked((int)json.Number()) },
            nameof(settings.Plugins) => settings with { Plugins = json.Texts() },
            nameof(settings.Resources) => settings with { Resources = ReadResources(json) },
            nameof(settings.MaxTasks) => settings with { MaxTasks = json.Number() },
            nameof(settings.MemoryLimit) => settings with { MemoryLimit = json.Number() },
            nameof(settings.DrainTimeout) => settings with { DrainTimeout = TimeSpan.FromTicks(json.Number()) },
            nameof(settings.BuiltInOnly) => settings with { BuiltInOnly = json.Flag() },
            nameof(settings.AllowCrashes) => settings with { AllowCrashes = json.Flag() },
            nameof(settings.AllowCommands) => settings with { AllowCommands = json.Flag() },
            _ => throw Unknown(name),
        });
        settings.Check();
        return settings;
    }

    private static Resources ReadResources(JsonLineReader json)
    {
        var amounts = new List<KeyValuePair<string, long>>();
        json.Object(name => amounts.Add(new(name, json.Number())));
        return Resources.Of(amounts);
    }

    private static InputException Unknown(string name) => Refused($"it has a member '{name}', which is not known.");

    private static InputException Refused(string why) => new($"the first line on standard input is no order of a parent: {why}");
}

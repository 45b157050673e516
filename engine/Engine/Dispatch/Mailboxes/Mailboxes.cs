using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Mailboxes by configuration: <c>mailbox-type</c> says unbounded or bounded.</summary>
internal sealed class Mailboxes(ActorSystemImpl system)
{
    public const string DefaultMailboxId = "akka.actor.default-mailbox";

    /// <summary>Checks that a mailbox can be made for the props, so that ActorOf fails rather than the actor.</summary>
    public MailboxCapacity CapacityFor(Props props)
    {
        var id = props.Mailbox;
        if (string.IsNullOrEmpty(id))
            return null;
        var defaults = system.Config.Section(DefaultMailboxId);
        var config = id == DefaultMailboxId ? defaults
            : (system.Config.GetConfig(id) ?? throw new ConfigurationException($"Mailbox type '{id}' is not configured.")).WithFallback(defaults);
        var type = config.GetString("mailbox-type", "").Split(',')[0].Trim();
        return type switch
        {
            "Akka.Dispatch.UnboundedMailbox" or "Akka.Dispatch.UnboundedDequeBasedMailbox" => null,
            "Akka.Dispatch.BoundedMailbox" or "Akka.Dispatch.BoundedDequeBasedMailbox" => Bounded(id, config),
            _ => throw new ConfigurationException(
                $"{id}.mailbox-type is '{type}'; it can be Akka.Dispatch.UnboundedMailbox or Akka.Dispatch.BoundedMailbox."),
        };
    }

    private static MailboxCapacity Bounded(string id, Config config)
    {
        var capacity = config.GetInt("mailbox-capacity");
        if (capacity <= 0)
            throw new ConfigurationException($"{id}.mailbox-capacity must be positive, it is {capacity}.");
        return new MailboxCapacity(capacity, config.GetTimeSpan("mailbox-push-timeout-time"));
    }
}

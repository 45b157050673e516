using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Transport;
using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>
/// Reads one connection on one thread until it ends, and puts what came into mailboxes. Bytes that are not frames end the
/// connection, with one line in the log; a message that cannot be deserialized costs that message.
/// </summary>
internal sealed class InboundReader
{
    private readonly RemoteHub _hub;
    private readonly Association _association;
    private readonly Connection _connection;
    private readonly InboundPaths _paths;
    private readonly InboundNames<InboundRecipient> _recipients;
    private readonly InboundNames<InboundSender> _senders;
    private readonly InboundNames<string> _manifests = new(static name => name);
    private bool _owesAcknowledgement;

    private InboundReader(RemoteHub hub, Association association, Connection connection)
    {
        _hub = hub;
        _association = association;
        _connection = connection;
        _paths = new InboundPaths(hub, association);
        _recipients = new InboundNames<InboundRecipient>(path => new InboundRecipient(path, _paths));
        _senders = new InboundNames<InboundSender>(path => new InboundSender(path, _paths));
    }

    public static void Run(RemoteHub hub, Association association, Connection connection)
    {
        var cause = (Exception)null;
        try
        {
            new InboundReader(hub, association, connection).Read();
        }
        catch (WireFormatException e)
        {
            cause = e;
            hub.Log.Error("Closing the connection with [{0}] ({1}): it sent something that is not our protocol: {2}",
                association.Address, connection.EndPoint, e.Message);
        }
        catch (Exception e)
        {
            cause = e;
            if (!Connector.IsNetworkError(e))
                hub.Log.Error(e, "Closing the connection with [{0}]", association.Address);
        }
        finally
        {
            association.OnConnectionLost(connection, cause);
            connection.EndReading();
        }
    }

    private void Read()
    {
        var maximum = _hub.Settings.MaximumFrameSize;
        do
        {
            while (_connection.Input.TryTake(maximum, out var kind, out var body))
                Handle(kind, body);
            if (_owesAcknowledgement)
            {
                _owesAcknowledgement = false;
                _association.Acknowledge();
            }
        }
        while (_connection.Input.Fill(_connection));
    }

    private void Handle(FrameKind kind, ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        switch (kind)
        {
            case FrameKind.Message:
                HandleMessage(ref reader);
                break;
            case FrameKind.System:
                HandleSystem(ref reader);
                break;
            case FrameKind.Ack:
                var number = reader.ReadVarUInt("acknowledged number");
                reader.ExpectEnd("acknowledgement");
                _association.OnAcknowledged(_connection, number);
                break;
            case FrameKind.Heartbeat:
                reader.ExpectEnd("heartbeat");
                _association.OnHeartbeat();
                break;
            case FrameKind.HeartbeatReply:
                reader.ExpectEnd("heartbeat reply");
                _hub.Monitor.Heard(_association.Address, _connection.Peer.Uid);
                break;
            case FrameKind.Goodbye:
                var reason = (GoodbyeReason)reader.ReadByte("reason");
                reader.ExpectEnd("goodbye");
                if (reason == GoodbyeReason.Quarantined)
                    _hub.OnQuarantinedBy(_association.Address);
                throw new EndOfStreamException(reason == GoodbyeReason.Quarantined ? "it has given this node up" : "it is shutting down");
            default:
                throw new WireFormatException($"frame of kind {(byte)kind}");
        }
    }

    private void HandleMessage(ref WireReader reader)
    {
        // All that keeps the tables of names in step is read before anything of this one message can fail.
        var recipient = _recipients.Read(ref reader, "recipient") ?? throw new WireFormatException("message without recipient");
        var sender = _senders.Read(ref reader, "sender");
        var serializerId = reader.ReadVarInt32("serializer");
        var manifest = _manifests.Read(ref reader, "manifest") ?? "";
        var payload = reader.ReadRest();
        try
        {
            var message = _hub.Serializer.Deserialize(payload, serializerId, manifest);
            if (_hub.Settings.UntrustedMode && message is IPossiblyHarmful)
            {
                _hub.Log.Warning("Dropped {0} from [{1}] to [{2}]: akka.remote.untrusted-mode is on", message.GetType().Name, sender, recipient);
                return;
            }
            recipient.Resolve().Tell(message, sender?.Resolve());
        }
        catch (Exception e)
        {
            _hub.Log.Error(e, "Dropped a message from [{0}] (sender [{1}]) to [{2}]: {3}",
                _association.Address, sender, recipient, $"serializer {serializerId}, manifest '{manifest}', {payload.Length} bytes: {e.Message}");
        }
    }

    private void HandleSystem(ref WireReader reader)
    {
        var number = SystemFrame.ReadNumber(ref reader);
        switch (_association.OnSystemMessage(number))
        {
            case SystemArrival.Deliver:
                _owesAcknowledgement = true;
                var (recipient, message) = SystemFrame.Read(ref reader, _paths);
                if (message is Terminate && _hub.Settings.UntrustedMode)
                    _hub.Log.Warning("Dropped {0} from [{1}] to [{2}]: akka.remote.untrusted-mode is on", message, _association.Address, recipient);
                else
                    _hub.Watches.Deliver(recipient, message, _connection.Peer.Uid);
                break;
            case SystemArrival.Duplicate:
                _owesAcknowledgement = true;
                break;
            default:
                throw new WireFormatException($"system message {number} came too early");
        }
    }
}

using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Membership;
using Akka.Cluster.Wire;
using Akka.Dispatch.SysMsg;
using Akka.Remote;
using Akka.Remote.Associations;
using Akka.Remote.Wire;

namespace ActorCompute.Engine.Tests.Remote;

/// <summary>The hand-written codecs: what goes in comes out, and no bytes make them fail in any but the foreseen way.</summary>
public class CodecFuzzTests : IAsyncLifetime
{
    private readonly RemoteNode _node = new("node");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public void EngineMessages_RoundTrip()
    {
        var echo = _node.Echo();
        object[] messages =
        [
            "text", 1, -1L, true, new Identify("id"), new Identify(null), new ActorIdentity(3, echo), new ActorIdentity(null, null),
            PoisonPill.Instance, Kill.Instance, echo,
        ];
        foreach (var message in messages)
            Assert.Equal(message, RoundTrip(message));
        Assert.Equal("done", Assert.IsType<Status.Success>(RoundTrip(new Status.Success("done"))).Status);
        Assert.Null(Assert.IsType<Status.Success>(RoundTrip(new Status.Success(null))).Status);
        Assert.Null(Assert.IsType<Status.Failure>(RoundTrip(new Status.Failure(null))).Cause);
        var selection = Assert.IsType<ActorSelectionMessage>(RoundTrip(new ActorSelectionMessage("m", ["user", "a*", ".."], true)));
        Assert.Equal(["user", "a*", ".."], selection.Elements);
        Assert.Equal("m", selection.Message);
        Assert.True(selection.WildcardFanOut);
        Assert.Equal(new Parcel("p"), Assert.IsType<ActorSelectionMessage>(RoundTrip(new ActorSelectionMessage(new Parcel("p"), ["x"]))).Message);
    }

    [Fact]
    public void EngineMessages_MutatedBytes_FailOnlyAsForeseen()
    {
        object[] messages =
        [
            "text", 7L, new Identify("id"), new ActorIdentity("id", _node.Echo()), new Status.Failure(new ArgumentException("x"), "state"),
            new ActorSelectionMessage(new Identify("id"), ["user", "*"], true),
        ];
        foreach (var message in messages)
        {
            var (id, manifest, payload) = _node.Hub.Serializer.Serialize(message);
            Mutate(payload, bytes => _node.Hub.Serializer.Deserialize(bytes, id, manifest));
        }
    }

    [Fact]
    public void EngineMessages_NestedTooDeep_AreRefusedOnBothEnds()
    {
        object message = "core";
        for (var i = 0; i < 50; i++)
            message = new Identify(message);

        Assert.Throws<SerializationException>(() => _node.Hub.Serializer.Serialize(message));

        // By hand, as a hostile peer would: each level is version, kind Identify, serializer, manifest, length, payload.
        byte[] payload = [1, 11, 1];
        for (var i = 0; i < 50; i++)
        {
            using var writer = new WireWriter();
            writer.WriteByte(1);
            writer.WriteByte(1);
            writer.WriteVarInt32(EngineCodec.Id);
            writer.WriteString("");
            writer.WriteBytes(payload);
            payload = writer.Written.ToArray();
        }
        Assert.Throws<SerializationException>(() => _node.Hub.Serializer.Deserialize(payload, EngineCodec.Id, ""));
        Assert.Equal("still fine", RoundTrip("still fine"));
    }

    [Fact]
    public void MembershipMessages_RoundTripAndMutatedBytes()
    {
        var codec = new MembershipCodec();
        var view = View();
        MembershipMessage[] messages =
        [
            new Join(Node(1), ["a", "b"], view), new Join(Node(1), [], MembershipView.Empty), new ViewChanged(view, view.Stamp),
            new Poll(Node(2), view.Stamp), new Rejoin(Node(0)), new Leave(Node(1).Address), new Down(Node(1).Address), new ExitingConfirmed(Node(3)),
        ];
        foreach (var message in messages)
        {
            using var writer = new WireWriter();
            codec.Write(writer, message);
            var payload = writer.Written.ToArray();

            using var again = new WireWriter();
            codec.Write(again, codec.Read(payload));

            Assert.Equal(payload, again.Written.ToArray());
            Mutate(payload, bytes => codec.Read(bytes));
        }
    }

    [Fact]
    public void SystemMessages_RoundTripAndMutatedBytes()
    {
        var peer = new Address("akka.tcp", "peer", "127.0.0.1", 1);
        var remote = new RemoteActorRef(_node.Hub, _node.Hub.AssociationWith(peer), new RootActorPath(peer) / "user" / "a#5");
        var local = (IInternalActorRef)_node.Echo();
        var paths = new InboundPaths(_node.Hub, remote.Association);
        ISystemMessage[] messages =
        [
            new Watch(remote, local), new Unwatch(remote, local), new DeathWatchNotification(local, true, false), Terminate.Instance,
        ];
        foreach (var message in messages)
        {
            using var writer = new WireWriter();
            SystemFrame.Write(writer, 300, new Outgoing { Message = message, Recipient = remote, IsSystem = true });
            Assert.True(Frame.TryRead(writer.Written, 10_000, out _, out var body) > 0);

            var reader = new WireReader(body);
            Assert.Equal(300ul, SystemFrame.ReadNumber(ref reader));
            Assert.Equal(message.GetType(), SystemFrame.Read(ref reader, paths).Message.GetType());

            Mutate(body.ToArray(), bytes =>
            {
                var mutated = new WireReader(bytes);
                SystemFrame.ReadNumber(ref mutated);
                return SystemFrame.Read(ref mutated, paths);
            });
        }
    }

    private object RoundTrip(object message)
    {
        var (id, manifest, payload) = _node.Hub.Serializer.Serialize(message);
        return _node.Hub.Serializer.Deserialize(payload, id, manifest);
    }

    private delegate object Read(byte[] bytes);

    /// <summary>Every truncation, every single byte changed in a few ways, and a lot of noise.</summary>
    private static void Mutate(byte[] original, Read read)
    {
        for (var length = 0; length < original.Length; length++)
            Try(original[..length], read);
        Try([.. original, 0], read);
        for (var at = 0; at < original.Length; at++)
        {
            foreach (var value in new byte[] { 0, 1, 2, 3, 127, 128, 255, (byte)(original[at] + 1), (byte)(original[at] ^ 0x40) })
            {
                var changed = (byte[])original.Clone();
                changed[at] = value;
                Try(changed, read);
            }
        }
        var random = new Random(original.Length);
        for (var round = 0; round < 2000; round++)
        {
            var noise = (byte[])original.Clone();
            for (var changes = random.Next(1, 8); changes > 0; changes--)
                noise[random.Next(noise.Length)] = (byte)random.Next(256);
            Try(noise, read);
        }
    }

    private static void Try(byte[] bytes, Read read)
    {
        try
        {
            read(bytes);
        }
        catch (Exception e) when (e is WireFormatException or SerializationException)
        {
            // The ways a message may be refused.
        }
    }

    private static UniqueAddress Node(int number) => new(new Address("akka.tcp", "sys", "host" + number, 2000 + number), number * 77);

    private static MembershipView View()
    {
        var members = Enumerable.Range(0, 4)
            .Select(i => new Member(Node(i), i == 3 ? Member.NotUpYet : i, i == 3 ? MemberStatus.Joining : MemberStatus.Up, ["role" + i]))
            .ToImmutableSortedDictionary(member => member.UniqueAddress, member => member);
        return new MembershipView(123, 45, Node(0), members, [Node(2)], [new Removal(Node(8), MemberStatus.Down), new Removal(Node(9), MemberStatus.Exiting)]);
    }
}

using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Remote.Wire;

namespace Akka.Cluster.Wire;

/// <summary>
/// The membership messages as bytes:
/// <code>
/// version:1 kind:1 fields
/// node   := system:string host:string port:2 uid:4
/// member := node status:1 upNumber:varint count:varint (role:string)*
/// view   := epoch:8 version:8 led:1 [seed:node] count (member)* count (unreachable: index of member)* count (removed: node from:1)*
/// </code>
/// </summary>
internal sealed class MembershipCodec : InternalCodec
{
    private const byte Version = 1;
    private const int MaximumMembers = 10_000;
    private const int MaximumRoles = 256;
    private const int MaximumName = 255;
    private const int MinimumNode = 2 + 2 + 2 + 4;

    private enum Kind : byte
    {
        Join = 1,
        ViewChanged = 2,
        Poll = 3,
        Rejoin = 4,
        Leave = 5,
        Down = 6,
        ExitingConfirmed = 7,
    }

    public override int Identifier => 5;

    public override bool CanWrite(object message) => message is MembershipMessage;

    public override void Write(WireWriter writer, object message)
    {
        writer.WriteByte(Version);
        switch (message)
        {
            case Join join:
                writer.WriteByte((byte)Kind.Join);
                WriteNode(writer, join.Node);
                WriteRoles(writer, join.Roles);
                WriteView(writer, join.Known);
                break;
            case ViewChanged changed:
                writer.WriteByte((byte)Kind.ViewChanged);
                WriteView(writer, changed.View);
                WriteStamp(writer, changed.Merged);
                break;
            case Poll poll:
                writer.WriteByte((byte)Kind.Poll);
                WriteNode(writer, poll.Node);
                WriteStamp(writer, poll.Newest);
                break;
            case Rejoin rejoin:
                writer.WriteByte((byte)Kind.Rejoin);
                WriteNode(writer, rejoin.Seed);
                break;
            case Leave leave:
                writer.WriteByte((byte)Kind.Leave);
                WriteAddress(writer, leave.Address);
                break;
            case Down down:
                writer.WriteByte((byte)Kind.Down);
                WriteAddress(writer, down.Address);
                break;
            case ExitingConfirmed confirmed:
                writer.WriteByte((byte)Kind.ExitingConfirmed);
                WriteNode(writer, confirmed.Node);
                break;
        }
    }

    public override object Read(ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload);
        var version = reader.ReadByte("version");
        if (version != Version)
            throw new WireFormatException($"membership message of version {version}; this node reads {Version}");
        var kind = (Kind)reader.ReadByte("kind");
        MembershipMessage message = kind switch
        {
            Kind.Join => new Join(ReadNode(ref reader), ReadRoles(ref reader), ReadView(ref reader)),
            Kind.ViewChanged => new ViewChanged(ReadView(ref reader), ReadStamp(ref reader)),
            Kind.Poll => new Poll(ReadNode(ref reader), ReadStamp(ref reader)),
            Kind.Rejoin => new Rejoin(ReadNode(ref reader)),
            Kind.Leave => new Leave(ReadAddress(ref reader)),
            Kind.Down => new Down(ReadAddress(ref reader)),
            Kind.ExitingConfirmed => new ExitingConfirmed(ReadNode(ref reader)),
            _ => throw new WireFormatException($"membership message of kind {(byte)kind}"),
        };
        reader.ExpectEnd(kind.ToString());
        if (message is ViewChanged { View.Seed: null })
            throw new WireFormatException("view without seed");
        return message;
    }

    private static void WriteView(WireWriter writer, MembershipView view)
    {
        writer.WriteInt64(view.Epoch);
        writer.WriteInt64(view.Version);
        writer.WriteBool(view.Seed is not null);
        if (view.Seed is not null)
            WriteNode(writer, view.Seed);
        writer.WriteVarUInt((ulong)view.Members.Count);
        foreach (var (_, member) in view.Members)
        {
            WriteNode(writer, member.UniqueAddress);
            writer.WriteByte((byte)member.Status);
            writer.WriteVarUInt((uint)member.UpNumber);
            WriteRoles(writer, member.Roles);
        }
        writer.WriteVarUInt((ulong)view.Unreachable.Count);
        var index = 0ul;
        foreach (var (node, _) in view.Members)
        {
            if (view.Unreachable.Contains(node))
                writer.WriteVarUInt(index);
            index++;
        }
        writer.WriteVarUInt((ulong)view.Removed.Length);
        foreach (var removal in view.Removed)
        {
            WriteNode(writer, removal.Node);
            writer.WriteByte((byte)removal.From);
        }
    }

    private static MembershipView ReadView(ref WireReader reader)
    {
        var epoch = reader.ReadInt64("epoch");
        var version = reader.ReadInt64("version");
        var seed = reader.ReadBool("led") ? ReadNode(ref reader) : null;
        var members = ImmutableSortedDictionary.CreateBuilder<UniqueAddress, Member>();
        var order = new UniqueAddress[reader.ReadCount("members", MinimumNode + 3, MaximumMembers)];
        for (var i = 0; i < order.Length; i++)
        {
            var member = ReadMember(ref reader);
            if (!members.TryAdd(member.UniqueAddress, member))
                throw new WireFormatException("members: one twice");
            order[i] = member.UniqueAddress;
        }
        var unreachable = ImmutableHashSet.CreateBuilder<UniqueAddress>();
        for (var count = reader.ReadCount("unreachable", 1, order.Length); count > 0; count--)
        {
            var index = reader.ReadVarUInt("unreachable");
            if (index >= (ulong)order.Length)
                throw new WireFormatException($"unreachable: member {index} of {order.Length}");
            unreachable.Add(order[index]);
        }
        var removed = ImmutableArray.CreateBuilder<Removal>();
        for (var count = reader.ReadCount("removed", MinimumNode + 1, MaximumMembers); count > 0; count--)
        {
            var node = ReadNode(ref reader);
            var from = ReadStatus(ref reader);
            if (from is not (MemberStatus.Down or MemberStatus.Exiting))
                throw new WireFormatException($"removed: from {from}");
            removed.Add(new Removal(node, from));
        }
        return new MembershipView(epoch, version, seed, members.ToImmutable(), unreachable.ToImmutable(), removed.ToImmutable());
    }

    private static void WriteStamp(WireWriter writer, ViewStamp stamp)
    {
        writer.WriteInt64(stamp.Epoch);
        writer.WriteInt64(stamp.Version);
        writer.WriteInt32(stamp.SeedUid);
    }

    private static ViewStamp ReadStamp(ref WireReader reader) =>
        new(reader.ReadInt64("epoch"), reader.ReadInt64("version"), reader.ReadInt32("uid"));

    private static Member ReadMember(ref WireReader reader)
    {
        var node = ReadNode(ref reader);
        var status = ReadStatus(ref reader);
        var upNumber = reader.ReadVarUInt("up number");
        if (status is not (MemberStatus.Joining or MemberStatus.Up or MemberStatus.Exiting) || upNumber > Member.NotUpYet)
            throw new WireFormatException($"member: {status}, up number {upNumber}");
        return new Member(node, (int)upNumber, status, ReadRoles(ref reader));
    }

    private static MemberStatus ReadStatus(ref WireReader reader)
    {
        var status = (MemberStatus)reader.ReadByte("status");
        return status <= MemberStatus.WeaklyUp ? status : throw new WireFormatException($"status {(byte)status}");
    }

    private static void WriteRoles(WireWriter writer, ImmutableHashSet<string> roles)
    {
        writer.WriteVarUInt((ulong)roles.Count);
        foreach (var role in roles)
            writer.WriteString(role);
    }

    private static ImmutableHashSet<string> ReadRoles(ref WireReader reader)
    {
        var roles = ImmutableHashSet.CreateBuilder<string>();
        for (var count = reader.ReadCount("roles", 1, MaximumRoles); count > 0; count--)
            roles.Add(reader.ReadString("role", MaximumName));
        return roles.ToImmutable();
    }

    private static void WriteNode(WireWriter writer, UniqueAddress node)
    {
        WriteAddress(writer, node.Address);
        writer.WriteInt32(node.Uid);
    }

    private static UniqueAddress ReadNode(ref WireReader reader)
    {
        var address = ReadAddress(ref reader);
        return new UniqueAddress(address, reader.ReadInt32("uid"));
    }

    private static void WriteAddress(WireWriter writer, Address address) => Handshake.WriteAddress(writer, address);

    private static Address ReadAddress(ref WireReader reader) => Handshake.ReadAddress(ref reader, Remote.RemoteHub.Protocol, "address");
}

using System.Runtime.Serialization;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace ActorCompute.Messages.Tests.Serialization;

public sealed class MessageSerializerTests : TestKit
{
    private const string Configuration = """
        akka.actor {
          serializers.actorcompute = "ActorCompute.Messages.MessageSerializer, ActorCompute.Messages"
          serialization-bindings {
            "Google.Protobuf.IMessage, Google.Protobuf" = actorcompute
            "System.Object" = actorcompute
          }
          serialization-identifiers {
            "ActorCompute.Messages.MessageSerializer, ActorCompute.Messages" = 2026
          }
        }
        """;

    private readonly MessageSerializer _serializer;

    public MessageSerializerTests() : base(Configuration) => _serializer = new((ExtendedActorSystem)Sys);

    public static TheoryData<Type> Types => [.. MessageManifests.Types];

    [Theory]
    [MemberData(nameof(Types))]
    public void FromBinary_WhatToBinaryWrote_IsTheSameMessage(Type type)
    {
        var message = SampleMessages.Of(type);

        var read = _serializer.FromBinary(_serializer.ToBinary(message), _serializer.Manifest(message));

        Assert.IsType(type, read);
        Assert.Equal(message, read);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void FromBinary_EmptyMessage_IsTheSameMessage(Type type)
    {
        var message = Activator.CreateInstance(type)!;
        Assert.Equal(message, _serializer.FromBinary(_serializer.ToBinary(message), _serializer.Manifest(message)));
    }

    [Fact]
    public void FindSerializerFor_AnyObject_IsThisOneAndNothingElse()
    {
        Assert.IsType<MessageSerializer>(Sys.Serialization.FindSerializerFor(new Chunk()));
        Assert.IsType<MessageSerializer>(Sys.Serialization.FindSerializerFor(new Stranger()));
        Assert.Equal(2026, Sys.Serialization.FindSerializerFor(new Chunk()).Identifier);
    }

    [Fact]
    public void Manifest_NoMessageOfOurs_IsASerializationException()
    {
        Assert.Throws<SerializationException>(() => _serializer.Manifest(new Stranger()));
        Assert.Throws<SerializationException>(() => _serializer.Manifest(new Batch()));
    }

    [Fact]
    public void ToBinary_NoMessage_IsASerializationException() => Assert.Throws<SerializationException>(() => _serializer.ToBinary(new Stranger()));

    [Theory]
    [InlineData("")]
    [InlineData("zz")]
    [InlineData("System.String")]
    public void FromBinary_UnknownManifest_IsASerializationException(string manifest) =>
        Assert.Throws<SerializationException>(() => _serializer.FromBinary([], manifest));

    [Theory]
    [MemberData(nameof(Types))]
    public void FromBinary_CutOff_IsASerializationExceptionOrAShorterMessage(Type type)
    {
        var message = SampleMessages.Of(type);
        var bytes = _serializer.ToBinary(message);
        for (var length = 0; length < bytes.Length; length++) ReadsOrRefuses(bytes[..length], _serializer.Manifest(message));
    }

    [Fact]
    public void FromBinary_DeeplyNestedGroups_IsASerializationException()
    {
        // 0x0B opens group 1, again and again: the parser's depth limit, not the stack, must end it.
        var bytes = new byte[1_000_000];
        Array.Fill(bytes, (byte)0x0B);
        Assert.Throws<SerializationException>(() => _serializer.FromBinary(bytes, "ch"));
    }

    [Fact]
    public void FromBinary_LengthBeyondTheEnd_IsRefusedWithoutAllocating()
    {
        // Field 3 of Chunk with a length of 2 GB - 1.
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<SerializationException>(() => _serializer.FromBinary([0x1A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07], "ch"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void FromBinary_AnyBytes_IsAMessageOrASerializationException() =>
        Prop.ForAll(
            Arb.From(Gen.Elements(MessageManifests.Types.Select(type => MessageManifests.NameOf(Activator.CreateInstance(type)!)!).Append("zz"))),
            Arb.Array(Arb.From(Gen.Frequency(
                (3, Gen.Choose(0, 255)),
                // Tags and lengths that mean something, so that parsers are entered and not only refuse the first byte.
                (2, Gen.Elements(0x08, 0x0A, 0x10, 0x12, 0x18, 0x1A, 0x20, 0x22, 0x01, 0x02, 0x05, 0xFF))).Select(value => (byte)value))),
            (manifest, bytes) => ReadsOrRefuses(bytes, manifest)).Check(PropertyRuns.Of(2000));

    [Fact]
    public void FromBinary_MessagesWithAByteChanged_AreAMessageOrASerializationException() =>
        Prop.ForAll(Arb.From(Gen.Elements(MessageManifests.Types)), Arb.From(Gen.Choose(0, int.MaxValue)), Arb.From(Gen.Choose(0, 255)), (type, at, value) =>
        {
            var message = SampleMessages.Of(type);
            var bytes = _serializer.ToBinary(message);
            bytes[at % bytes.Length] = (byte)value;
            ReadsOrRefuses(bytes, _serializer.Manifest(message));
        }).Check(PropertyRuns.Of(1000));

    private void ReadsOrRefuses(byte[] bytes, string manifest)
    {
        try
        {
            Assert.IsType<IMessage>(_serializer.FromBinary(bytes, manifest), exactMatch: false);
        }
        catch (SerializationException)
        {
        }
    }

    private sealed record Stranger;
}

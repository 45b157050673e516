using System.Collections.Immutable;
using System.Runtime.Serialization;
using System.Text;
using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Serialization;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class SerializationSpec : TestKit
{
    public SerializationSpec()
        : base(ActorSystemSetup.Create(SerializationSetup.Create(system =>
            ImmutableHashSet.Create(SerializerDetails.Create("notes", new NoteSerializer(system), ImmutableHashSet.Create(typeof(INote)))))))
    {
    }

    [Fact]
    public void RoundTrip_OfABoundType_GivesItBack()
    {
        var note = new Note("hello");

        var serializer = Sys.Serialization.FindSerializerFor(note);
        var manifest = Serialization.ManifestFor(serializer, note);
        var bytes = Sys.Serialization.Serialize(note);

        Assert.IsType<NoteSerializer>(serializer);
        Assert.Equal("n", manifest);
        Assert.Equal(note, Sys.Serialization.Deserialize(bytes, serializer.Identifier, manifest));
    }

    [Fact]
    public void ByteArrays_Always_StayAsTheyAre()
    {
        var serializer = Sys.Serialization.FindSerializerFor(new byte[] { 1, 2, 3 });

        Assert.IsType<ByteArraySerializer>(serializer);
        Assert.Equal(4, serializer.Identifier);
        Assert.Equal(new byte[] { 1, 2, 3 }, Sys.Serialization.Deserialize([1, 2, 3], 4, ""));
    }

    [Fact]
    public void Null_Always_HasTheNullSerializer()
    {
        Assert.IsType<NullSerializer>(Sys.Serialization.FindSerializerFor(null));
        Assert.Null(Sys.Serialization.Deserialize([], 0, ""));
    }

    [Fact]
    public void Deserialize_WithAnIdentifierNobodyHas_Throws() =>
        Assert.Throws<SerializationException>(() => Sys.Serialization.Deserialize([1], 98765, "x"));

    [Fact]
    public void References_Always_RoundTrip()
    {
        var actor = Sys.ActorOf<EchoActor>("target");

        var text = Serialization.SerializedActorPath(actor);
        var back = Sys.Serialization.DeserializeActorRef(text);

        Assert.Equal($"akka://test/user/target#{actor.Path.Uid}", text);
        Assert.Equal(actor, back);
        Assert.Equal("", Serialization.SerializedActorPath(ActorRefs.NoSender));
    }

    [Fact]
    public void ReferencesInMessages_WrittenForAnAddress_CarryIt()
    {
        var actor = Sys.ActorOf<EchoActor>("target");
        var serializer = Sys.Serialization.FindSerializerFor(new Note("x"));

        var bytes = serializer.ToBinaryWithAddress(new Address("akka.tcp", "test", "host", 5100), new ReferenceNote(actor));

        Assert.StartsWith("akka.tcp://test@host:5100/user/target#", Encoding.UTF8.GetString(bytes));
    }

    private interface INote;

    private sealed record Note(string Text) : INote;

    private sealed record ReferenceNote(IActorRef Actor) : INote;

    private sealed class NoteSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override int Identifier => 4711;

        public override string Manifest(object o) => o is Note ? "n" : "r";

        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(obj switch
        {
            Note note => note.Text,
            ReferenceNote reference => Serialization.SerializedActorPath(reference.Actor),
            _ => throw new ArgumentException($"No note: {obj}"),
        });

        public override object FromBinary(byte[] bytes, string manifest) => manifest switch
        {
            "n" => new Note(Encoding.UTF8.GetString(bytes)),
            "r" => new ReferenceNote(system.Provider.ResolveActorRef(Encoding.UTF8.GetString(bytes))),
            _ => throw new SerializationException($"No manifest of notes: {manifest}"),
        };
    }
}

using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace ActorCompute.Engine.Tests.Remote;

/// <summary>A message whose content says how its (de)serialization goes.</summary>
public sealed record Parcel(string Content)
{
    public const string FailsToWrite = "fails to write";
    public const string FailsToRead = "fails to read";
}

/// <summary>A message that no serializer is bound to.</summary>
public sealed record Unknown;

public sealed class PickySerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 9001;

    public override string Manifest(object o) => "parcel";

    public override byte[] ToBinary(object obj)
    {
        var parcel = (Parcel)obj;
        return parcel.Content == Parcel.FailsToWrite
            ? throw new InvalidOperationException("cannot write this one")
            : Encoding.UTF8.GetBytes(parcel.Content);
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var content = Encoding.UTF8.GetString(bytes);
        return content == Parcel.FailsToRead ? throw new SerializationException("cannot read this one") : new Parcel(content);
    }
}

using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace ActorCompute.Engine.Tests.Serialization;

public sealed class SerializationTests
{
    [Fact]
    public async Task Find_WithBindingsInConfiguration_TakesTheNearest()
    {
        await using var system = new Owned(ActorSystem.Create("bindings", Bindings()));
        var serialization = system.Value.Serialization;

        Assert.IsType<BaseSerializer>(serialization.FindSerializerForType(typeof(Base)));
        Assert.IsType<DerivedSerializer>(serialization.FindSerializerForType(typeof(Derived)));
        Assert.IsType<DerivedSerializer>(serialization.FindSerializerForType(typeof(MoreDerived)));
        Assert.IsType<BaseSerializer>(serialization.FindSerializerForType(typeof(OtherDerived)));
        Assert.Equal(1001, serialization.FindSerializerForType(typeof(Base)).Identifier);
    }

    [Fact]
    public async Task Find_OfAnUnboundType_ThrowsAndNamesIt()
    {
        await using var system = new Owned(ActorSystem.Create("unbound"));

        var failure = Assert.Throws<SerializationException>(() => system.Value.Serialization.FindSerializerFor("text"));

        Assert.Contains("System.String", failure.Message);
    }

    [Fact]
    public async Task Deserialize_WithATypeNameNotBoundHere_IsRefused()
    {
        await using var system = new Owned(ActorSystem.Create("types", Bindings()));
        var serialization = system.Value.Serialization;

        Assert.Equal("base", serialization.Deserialize([], 1001, Util(typeof(Base))));
        Assert.Throws<SerializationException>(() => serialization.Deserialize([], 1001, "System.Diagnostics.Process, System.Diagnostics.Process"));
    }

    [Theory]
    [InlineData("akka.actor.serializers.x = \"No.Such, Type\"")]
    [InlineData("akka.actor.serialization-bindings { \"System.String\" = nobody }")]
    [InlineData("akka.actor.serialization-bindings { \"No.Such, Type\" = bytes }")]
    public void Create_WithAConfigurationThatNamesNothing_Throws(string hocon) =>
        Assert.Throws<ConfigurationException>(() => ActorSystem.Create("wrong", hocon));

    [Fact]
    public async Task WithTransport_Nested_ComesBackToTheOuter()
    {
        await using var system = new Owned(ActorSystem.Create("nested"));
        var extended = (ExtendedActorSystem)system.Value;
        var inner = new Address("akka.tcp", "nested", "inner", 1);
        var outer = new Address("akka.tcp", "nested", "outer", 2);
        string Here() => Akka.Serialization.Serialization.SerializedActorPath(extended.Guardian);

        var (first, second, third) = Akka.Serialization.Serialization.WithTransport(extended, outer, () =>
            (Here(), Akka.Serialization.Serialization.WithTransport(extended, inner, Here), Here()));

        Assert.StartsWith("akka.tcp://nested@outer:2/user", first);
        Assert.StartsWith("akka.tcp://nested@inner:1/user", second);
        Assert.Equal(first, third);
        Assert.StartsWith("akka://nested/user", Here());
    }

    private static string Util(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    private static string Bindings() => $$"""
        akka.actor {
          serializers {
            base = "{{Util(typeof(BaseSerializer))}}"
            derived = "{{Util(typeof(DerivedSerializer))}}"
          }
          serialization-bindings {
            "{{Util(typeof(Base))}}" = base
            "{{Util(typeof(Derived))}}" = derived
          }
          serialization-identifiers {
            "{{Util(typeof(BaseSerializer))}}" = 1001
            "{{Util(typeof(DerivedSerializer))}}" = 1002
          }
        }
        """;

    private class Base;

    private class Derived : Base;

    private sealed class MoreDerived : Derived;

    private sealed class OtherDerived : Base;

    private class BaseSerializer(ExtendedActorSystem system) : Serializer(system)
    {
        public override bool IncludeManifest => true;

        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(obj.ToString());

        public override object FromBinary(byte[] bytes, Type type) => "base";
    }

    private sealed class DerivedSerializer(ExtendedActorSystem system) : BaseSerializer(system);

    private sealed class Owned(ActorSystem system) : IAsyncDisposable
    {
        public ActorSystem Value => system;

        public async ValueTask DisposeAsync() => await system.Terminate();
    }
}

using Akka.Actor;
using Akka.Serialization;
using Akka.Util;

namespace ActorCompute.Engine.Tests.Util;

public sealed class TypeNamesTests
{
    [Theory]
    [InlineData("System.Byte[]", typeof(byte[]))]
    [InlineData("System.Object", typeof(object))]
    [InlineData("System.String", typeof(string))]
    [InlineData("Akka.Serialization.ByteArraySerializer, Akka", typeof(ByteArraySerializer))]
    [InlineData("Akka.Actor.ActorSystem, Akka", typeof(ActorSystem))]
    [InlineData("Akka.Actor.Status+Failure , Akka", typeof(Status.Failure))]
    [InlineData("ActorCompute.Engine.Tests.Util.TypeNamesTests,ActorCompute.Engine.Tests", typeof(TypeNamesTests))]
    [InlineData("ActorCompute.Engine.Tests.Util.TypeNamesTests+Hidden, ActorCompute.Engine.Tests", typeof(Hidden))]
    [InlineData("System.Collections.Generic.List`1[[System.Int32]], System.Private.CoreLib", typeof(List<int>))]
    [InlineData("System.Text.Json.JsonDocument, System.Text.Json, Version=8.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51", typeof(System.Text.Json.JsonDocument))]
    public void Resolve_Name_IsThatType(string name, Type type) => Assert.Equal(type, TypeNames.Resolve(name));

    [Theory]
    [InlineData("")]
    [InlineData("No.Such.Type")]
    [InlineData("No.Such, Type")]
    [InlineData("No.Such, Akka")]
    [InlineData("akka.actor.actorsystem, Akka")]
    [InlineData(", Akka")]
    [InlineData("Akka.Actor.ActorSystem,")]
    public void Resolve_NoType_IsNull(string name) => Assert.Null(TypeNames.Resolve(name));

    private sealed class Hidden;
}

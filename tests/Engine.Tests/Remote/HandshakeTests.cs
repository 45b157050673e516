using Akka.Actor;
using Akka.Remote.Wire;

namespace ActorCompute.Engine.Tests.Remote;

public class HandshakeTests
{
    private static readonly Hello Hello = new(
        new NodeIdentity(new Address("akka.tcp", "sys", "worker-1.example.org", 5100), 42),
        new Address("akka.tcp", "sys", "10.0.0.1", 2552),
        Call: 3);

    [Fact]
    public void ReadHello_WhatWasWritten_IsTheSame()
    {
        Assert.Equal(Hello, Handshake.ReadHello(Body(writer => Handshake.Write(writer, Hello)), "akka.tcp"));
    }

    [Fact]
    public void ReadWelcomeAndReject_WhatWasWritten_IsTheSame()
    {
        var welcome = new Welcome(Hello.From, 7);
        var reject = new Reject(RejectReason.Quarantined, "no");

        Assert.Equal(welcome, Handshake.ReadWelcome(Body(writer => Handshake.Write(writer, welcome)), "akka.tcp"));
        Assert.Equal(reject, Handshake.ReadReject(Body(writer => Handshake.Write(writer, reject))));
    }

    [Fact]
    public void ReadHello_EveryTruncationAndExcess_Throws()
    {
        var body = Body(writer => Handshake.Write(writer, Hello));

        for (var length = 0; length < body.Length; length++)
            Assert.Throws<WireFormatException>(() => Handshake.ReadHello(body.AsSpan(0, length), "akka.tcp"));
        Assert.Throws<WireFormatException>(() => Handshake.ReadHello([.. body, 0], "akka.tcp"));
    }

    [Fact]
    public void ReadHello_OtherVersion_SaysWhich()
    {
        var body = Body(writer => Handshake.Write(writer, Hello));
        body[4] = 9;

        var error = Assert.Throws<ProtocolVersionException>(() => Handshake.ReadHello(body, "akka.tcp"));

        Assert.Equal(9, error.Theirs);
    }

    [Fact]
    public void ReadHello_OtherMagic_Throws()
    {
        var body = Body(writer => Handshake.Write(writer, Hello));
        body[0] ^= 1;

        Assert.Throws<WireFormatException>(() => Handshake.ReadHello(body, "akka.tcp"));
    }

    [Theory]
    [InlineData("sys@evil")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("a\nb")]
    public void ReadHello_NameThatWouldReadAsAnotherAddress_Throws(string name)
    {
        var hello = Hello with { From = new NodeIdentity(new Address("akka.tcp", name, "host", 1), 1) };

        Assert.Throws<WireFormatException>(() => Handshake.ReadHello(Body(writer => Handshake.Write(writer, hello)), "akka.tcp"));
    }

    [Fact]
    public void ReadHello_AnyByteChanged_NeverFailsOtherwise()
    {
        var original = Body(writer => Handshake.Write(writer, Hello));
        for (var at = 0; at < original.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                var body = (byte[])original.Clone();
                body[at] = (byte)value;
                try
                {
                    Handshake.ReadHello(body, "akka.tcp");
                }
                catch (Exception e) when (e is WireFormatException or ProtocolVersionException)
                {
                    // The only ways out.
                }
            }
        }
    }

    private static byte[] Body(Action<WireWriter> write)
    {
        using var writer = new WireWriter();
        write(writer);
        Assert.True(Frame.TryRead(writer.Written, Handshake.MaximumFrame, out _, out var body) > 0);
        return body.ToArray();
    }
}

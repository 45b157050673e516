using Akka.Remote.Wire;

namespace ActorCompute.Engine.Tests.Remote;

public class NamesTests
{
    [Fact]
    public void Write_SecondTime_SendsANumber()
    {
        var names = new OutboundNames<string>(StringComparer.Ordinal);
        using var writer = new WireWriter();

        WriteName(names, writer, "/user/a-rather-long-name");
        var first = writer.Count;
        WriteName(names, writer, "/user/a-rather-long-name");

        Assert.Equal(1, writer.Count - first);
    }

    [Fact]
    public void Read_MoreNamesThanTheTableHolds_StaysInStep()
    {
        var random = new Random(3);
        var outbound = new OutboundNames<string>(StringComparer.Ordinal);
        var inbound = new InboundNames<string>(name => name);
        for (var i = 0; i < 20_000; i++)
        {
            var name = $"/user/{random.Next(3 * NameToken.TableSize)}";
            using var writer = new WireWriter();
            if (random.Next(10) == 0)
                NameToken.WriteLiteral(writer, name);
            else
                WriteName(outbound, writer, name);

            var reader = new WireReader(writer.Written);
            Assert.Equal(name, inbound.Read(ref reader, "name"));
            reader.ExpectEnd("name");
        }
        Assert.True(outbound.Count <= NameToken.TableSize);
    }

    [Fact]
    public void Read_NumberNeverDefined_Throws()
    {
        var inbound = new InboundNames<string>(name => name);

        Assert.Throws<WireFormatException>(() =>
        {
            var reader = new WireReader([NameToken.FirstNumber]);
            inbound.Read(ref reader, "recipient");
        });
    }

    [Fact]
    public void Read_DefinitionsBeyondTheTable_Throws()
    {
        var inbound = new InboundNames<string>(name => name);
        for (var i = 0; i < NameToken.TableSize; i++)
            ReadDefinition(inbound);

        Assert.Throws<WireFormatException>(() => ReadDefinition(inbound));
    }

    private static void ReadDefinition(InboundNames<string> inbound)
    {
        var reader = new WireReader([NameToken.Define, 1, (byte)'/']);
        inbound.Read(ref reader, "name");
    }

    private static void WriteName(OutboundNames<string> names, WireWriter writer, string name)
    {
        if (!names.TryWrite(writer, name))
            names.Define(writer, name, name);
    }
}

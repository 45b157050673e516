using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace ActorCompute.Messages.Tests.Serialization;

/// <summary>Messages with a value in every field, made from the contracts: a field that is added is tested at once.</summary>
internal static class SampleMessages
{
    public static IMessage Of(Type type) => Fill((IMessage)Activator.CreateInstance(type)!, 1);

    private static IMessage Fill(IMessage message, int seed)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.IsRepeated)
            {
                var list = (System.Collections.IList)field.Accessor.GetValue(message);
                for (var i = 0; i < 3; i++) list.Add(Value(field, seed + i));
            }
            else
            {
                field.Accessor.SetValue(message, Value(field, seed));
            }

            seed += 7;
        }

        return message;
    }

    private static object Value(FieldDescriptor field, int seed) => field.FieldType switch
    {
        FieldType.String => $"text {seed} \u00e4\u4e16\U0001F9EC",
        FieldType.Bytes => ByteString.CopyFrom([0, (byte)seed, 255]),
        FieldType.Bool => true,
        FieldType.Int32 => -seed,
        FieldType.UInt32 => uint.MaxValue - (uint)seed,
        FieldType.Int64 => long.MinValue + seed,
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, 1),
        FieldType.Message => Fill((IMessage)Activator.CreateInstance(field.MessageType.ClrType)!, seed),
        var other => throw new NotSupportedException($"no sample of {other}; add one"),
    };
}

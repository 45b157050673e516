using System.Globalization;

namespace ActorCompute;

/// <summary>What an input must be, for a person who does not know the type's name in .NET.</summary>
internal static class TypeWords
{
    /// <summary>With its article: "a whole number from 0 to 255".</summary>
    public static string Of(Type type)
    {
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(double) || type == typeof(float) || type == typeof(decimal) || type == typeof(Half)) return "a number";
        if (type == typeof(char)) return "a single character between quotation marks";
        if (type == typeof(Guid)) return "a GUID between quotation marks";
        if (type == typeof(DateTime) || type == typeof(DateTimeOffset)) return "a time as \"2026-01-31T12:00:00Z\", with its quotation marks";
        if (type.IsArray || (type.IsGenericType && typeof(System.Collections.IEnumerable).IsAssignableFrom(type) && !typeof(System.Collections.IDictionary).IsAssignableFrom(type))) return "a list as JSON has it: [1, 2, 3]";
        return Range(type) is { } range ? $"a whole number from {range}" : $"a value as JSON has it (for {type.Name})";
    }

    private static string? Range(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => null,
        TypeCode.SByte => Range(sbyte.MinValue, sbyte.MaxValue),
        TypeCode.Byte => Range(byte.MinValue, byte.MaxValue),
        TypeCode.Int16 => Range(short.MinValue, short.MaxValue),
        TypeCode.UInt16 => Range(ushort.MinValue, ushort.MaxValue),
        TypeCode.Int32 => "-2^31 to 2^31-1",
        TypeCode.UInt32 => "0 to 2^32-1",
        TypeCode.Int64 => "-2^63 to 2^63-1",
        TypeCode.UInt64 => "0 to 2^64-1",
        _ => null,
    };

    private static string Range(int first, int last) => string.Create(CultureInfo.InvariantCulture, $"{first} to {last}");
}

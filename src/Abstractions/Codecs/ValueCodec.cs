using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorCompute;

/// <summary>
/// The arguments and results of functions as JSON: what <see cref="JsonCodec{T}"/> does, and also null where the type has
/// it, public fields, tuples, and NaN. Numbers and booleans, the common case, skip the serializer.
/// </summary>
public sealed class ValueCodec<T> : ICodec<T>
{
    private static readonly JsonSerializerOptions Options = new()
    {
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectRequiredConstructorParameters = true,
    };

    // The longest is a 64-bit number with its sign.
    private const int LongestNumber = 20;

    private ValueCodec() { }

    /// <summary>The codec.</summary>
    public static ValueCodec<T> Instance { get; } = new();

    /// <inheritdoc/>
    public void Write(T value, IBufferWriter<byte> output)
    {
        // Each test is decided when the method is compiled for a value type: one branch stays.
        if (typeof(T) == typeof(long)) WriteNumber(Unsafe.As<T, long>(ref value), output);
        else if (typeof(T) == typeof(int)) WriteNumber(Unsafe.As<T, int>(ref value), output);
        else if (typeof(T) == typeof(ulong)) WriteNumber(Unsafe.As<T, ulong>(ref value), output);
        else if (typeof(T) == typeof(uint)) WriteNumber(Unsafe.As<T, uint>(ref value), output);
        else if (typeof(T) == typeof(bool)) output.Write(Unsafe.As<T, bool>(ref value) ? "true"u8 : "false"u8);
        else WriteJson(value, output);
    }

    /// <inheritdoc/>
    public T Read(ReadOnlySpan<byte> bytes)
    {
        // What is not plain digits (1e3, blanks around it) goes the long way, which also words the error.
        if (typeof(T) == typeof(long) && Utf8Parser.TryParse(bytes, out long int64, out var used) && used == bytes.Length) return Unsafe.As<long, T>(ref int64);
        if (typeof(T) == typeof(int) && Utf8Parser.TryParse(bytes, out int int32, out used) && used == bytes.Length) return Unsafe.As<int, T>(ref int32);
        if (typeof(T) == typeof(ulong) && Utf8Parser.TryParse(bytes, out ulong uint64, out used) && used == bytes.Length) return Unsafe.As<ulong, T>(ref uint64);
        if (typeof(T) == typeof(uint) && Utf8Parser.TryParse(bytes, out uint uint32, out used) && used == bytes.Length) return Unsafe.As<uint, T>(ref uint32);
        if (typeof(T) == typeof(bool))
        {
            var (isTrue, isFalse) = (bytes.SequenceEqual("true"u8), bytes.SequenceEqual("false"u8));
            if (isTrue || isFalse) return Unsafe.As<bool, T>(ref isTrue);
        }

        return ReadJson(bytes);
    }

    private static void WriteNumber<TNumber>(TNumber value, IBufferWriter<byte> output)
        where TNumber : IUtf8SpanFormattable
    {
        value.TryFormat(output.GetSpan(LongestNumber), out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    private static void WriteJson(T value, IBufferWriter<byte> output)
    {
        var writer = JsonWriters.Take(output);
        JsonSerializer.Serialize(writer, value, Options);
        JsonWriters.Return(writer);
    }

    private static T ReadJson(ReadOnlySpan<byte> bytes)
    {
        try
        {
            // A null where the type has none throws JsonException for value types; reference types may be null.
            return JsonSerializer.Deserialize<T>(bytes, Options)!;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new FormatException($"not a {typeof(T).Name} as JSON: {e.Message}", e);
        }
    }
}

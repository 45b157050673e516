using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorCompute;

/// <summary>
/// The arguments and results of functions as JSON: what <see cref="JsonCodec{T}"/> does, and also null where the type has
/// it, public fields, tuples, NaN, and much that System.Text.Json would change. A value arrives as it was sent or is refused.
/// Numbers and booleans, the common case, skip the serializer.
/// </summary>
public sealed class ValueCodec<T> : ICodec<T>
{
    // The longest is a 64-bit number with its sign.
    internal const int LongestNumber = 20;

    private ValueCodec() { }

    /// <summary>The codec.</summary>
    public static ValueCodec<T> Instance { get; } = new();

    // Each test is decided when the method is compiled for a value type: nothing of it stays.
    internal static bool IsNumber
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(long) || typeof(T) == typeof(int) || typeof(T) == typeof(ulong) || typeof(T) == typeof(uint);
    }

    /// <summary>A single value of the framework's: no code of users runs when it is written or read, as a converter named by their enum would.</summary>
    internal static bool IsPlain { get; } = IsNumber || (!typeof(T).IsEnum && ExactTypes.IsScalar(typeof(T)));

    /// <summary>Why values of this type cannot travel, and what to do, without a full stop; null if they can.</summary>
    internal static string? Refusal => IsNumber || typeof(T) == typeof(bool) ? null : ValueInspector.Of(typeof(T)).Refusal;

    /// <inheritdoc/>
    /// <exception cref="InputException">The value is more than its type says, and would arrive as something else.</exception>
    public void Write(T value, IBufferWriter<byte> output)
    {
        if (IsNumber) output.Advance(WriteNumber(value, output.GetSpan(LongestNumber)));
        else if (typeof(T) == typeof(bool)) output.Write(Unsafe.As<T, bool>(ref value) ? "true"u8 : "false"u8);
        else WriteJson(value, output);
    }

    /// <summary>Writes a number without the ceremony of a writer.</summary>
    /// <param name="value">The value; <see cref="IsNumber"/> is true.</param>
    /// <param name="output">Room for the longest number.</param>
    /// <returns>The bytes written.</returns>
    internal static int WriteNumber(T value, Span<byte> output)
    {
        var written = 0;
        if (typeof(T) == typeof(long)) Utf8Formatter.TryFormat(Unsafe.As<T, long>(ref value), output, out written);
        else if (typeof(T) == typeof(int)) Utf8Formatter.TryFormat(Unsafe.As<T, int>(ref value), output, out written);
        else if (typeof(T) == typeof(ulong)) Utf8Formatter.TryFormat(Unsafe.As<T, ulong>(ref value), output, out written);
        else if (typeof(T) == typeof(uint)) Utf8Formatter.TryFormat(Unsafe.As<T, uint>(ref value), output, out written);
        return written;
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

    private static void WriteJson(T value, IBufferWriter<byte> output)
    {
        var writer = JsonWriters.Take(output);
        if (typeof(T) == typeof(string))
        {
            writer.WriteStringValue(value is null ? null : LoneSurrogates.Escape((string)(object)value));
        }
        else
        {
            try
            {
                if (Serializer.NeedsTrial) Serializer.Try(value);
                JsonSerializer.Serialize(writer, value, Serializer.Contract);
            }
            catch (Exception e) when (e is JsonException or NotSupportedException)
            {
                throw ValueRefusedException.Describe(typeof(T), e);
            }
        }

        JsonWriters.Return(writer);
    }

    private static T ReadJson(ReadOnlySpan<byte> bytes)
    {
        try
        {
            // A null where the type has none throws JsonException for value types; reference types may be null.
            return JsonSerializer.Deserialize(bytes, Serializer.Contract)!;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new FormatException($"not a {typeof(T).Name} as JSON: {e.Message}", e);
        }
    }

    /// <summary>Made when the first value is no number.</summary>
    private static class Serializer
    {
        private static readonly JsonTypeInfo<T>? Accepted = Refusal is null ? (JsonTypeInfo<T>)ValueJson.Options.GetTypeInfo(typeof(T)) : null;
        private static volatile bool _needsTrial = ValueInspector.Of(typeof(T)).NeedsTrial;

        /// <exception cref="InputException">Values of this type do not travel.</exception>
        public static JsonTypeInfo<T> Contract => Accepted ?? throw new InputException($"{Refusal}.");

        /// <summary>No value of the type was seen to come back yet, and that cannot be known from the type.</summary>
        public static bool NeedsTrial => _needsTrial;

        /// <exception cref="InputException">Written again, the value that came back is another.</exception>
        public static void Try(T value)
        {
            var sent = JsonSerializer.SerializeToUtf8Bytes(value, Contract);
            var arrived = JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(sent, Contract)!, Contract);
            if (!arrived.AsSpan().SequenceEqual(sent))
            {
                throw new InputException($"{TypeNames.Of(typeof(T))} does not come back as it was written: its setters do not take what its getters give; give it a codec of its own with [JsonConverter].");
            }

            _needsTrial = false;
        }
    }
}

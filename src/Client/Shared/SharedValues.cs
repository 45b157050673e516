using System.Collections.Concurrent;
using System.Security.Cryptography;
using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Client.Shared;

/// <summary>The values that a client shares, as they travel, for the workers that ask for them. For any thread.</summary>
internal sealed class SharedValues
{
    // Such a value goes along with each task: to ask for it would cost more.
    private const int SmallBytes = 4 << 10;

    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _held = new();
    private readonly Lazy<string> _holder;

    /// <param name="system">The client's.</param>
    public SharedValues(ActorSystem system) =>
        _holder = new(() => Akka.Serialization.Serialization.SerializedActorPath(system.ActorOf(SharedValuesActor.PropsFor(_held), "shared-values")));

    /// <summary>Shares a value until it is taken back.</summary>
    /// <exception cref="ArgumentException">It would not arrive as it is, or is too large.</exception>
    public SharedValue<T> Share<T>(T value)
    {
        var encoded = Encode(value);
        if (encoded.Length <= SmallBytes) return new(value, encoded, null, null);
        var id = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        return Hold(id, value, encoded);
    }

    /// <summary>Shares the result of a call with calls that take it.</summary>
    /// <param name="id">Under which workers keep it.</param>
    /// <param name="value">The result.</param>
    /// <exception cref="ArgumentException">It would not arrive as it is, or is too large.</exception>
    public SharedValue<T> ShareResult<T>(string id, T value)
    {
        var encoded = Encode(value);
        return encoded.Length < FunctionContract.LeastKeptResult ? new(value, encoded, null, null) : Hold(id, value, encoded);
    }

    private SharedValue<T> Hold<T>(string id, T value, ReadOnlyMemory<byte> encoded)
    {
        _held[id] = encoded;
        return new(value, default, new(id, _holder.Value, encoded.Length, Crc32C.Of(encoded.Span)), () => _held.TryRemove(id, out _));
    }

    private static ReadOnlyMemory<byte> Encode<T>(T value)
    {
        if (ValueCodec<T>.Refusal is { } why) throw new ArgumentException($"{why}.", nameof(value));
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        try
        {
            ValueCodec<T>.Instance.Write(value, buffer);
        }
        catch (InputException e)
        {
            throw new ArgumentException(e.Message, nameof(value), e);
        }
        catch (OutOfMemoryException e)
        {
            throw new ArgumentException("the value takes more than 2 GiB as it travels; share it in parts, or put it into a file.", nameof(value), e);
        }

        return buffer.WrittenMemory;
    }
}

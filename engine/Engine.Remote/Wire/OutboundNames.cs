using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Akka.Remote.Wire;

/// <summary>
/// Names (paths, manifests) that a connection has already carried, so that they travel as a number from then on.
/// One per connection and kind of name, the other end keeps an <see cref="InboundNames{T}"/> in step.
/// <code>
/// token := 0                       no name
///        | 1 string                a name that is not worth remembering
///        | 2 string                a name; it gets the next number
///        | 3 string                forget all names; this one gets number 0
///        | 4 + number
/// </code>
/// </summary>
internal sealed class OutboundNames<TKey>(IEqualityComparer<TKey> comparer)
    where TKey : class
{
    private readonly Dictionary<TKey, int> _numbers = new(comparer);
    private TKey _lastKey;
    private int _lastNumber;

    /// <summary>True when the name is known and its number was written; otherwise the caller writes it with <see cref="Define"/>.</summary>
    public bool TryWrite(WireWriter writer, [NotNull] TKey key)
    {
        if (!ReferenceEquals(key, _lastKey))
        {
            if (!_numbers.TryGetValue(key, out var number))
                return false;
            _lastKey = key;
            _lastNumber = number;
        }
        writer.WriteVarUInt((ulong)(NameToken.FirstNumber + _lastNumber));
        return true;
    }

    public void Define(WireWriter writer, TKey key, string name)
    {
        if (_numbers.Count == NameToken.TableSize)
        {
            _numbers.Clear();
            _lastKey = null;
            writer.WriteByte(NameToken.Reset);
        }
        else
        {
            writer.WriteByte(NameToken.Define);
        }
        writer.WriteString(name);
        _numbers.Add(key, _numbers.Count);
    }

    public int Count => _numbers.Count;
}

internal static class NameToken
{
    public const byte None = 0;
    public const byte Literal = 1;
    public const byte Define = 2;
    public const byte Reset = 3;
    public const int FirstNumber = 4;

    /// <summary>Both ends must agree; with the longest names it bounds what a peer can make us remember to 16 MiB.</summary>
    public const int TableSize = 4096;

    public const int MaximumNameBytes = 4096;

    public static bool IsShortEnough(string name) =>
        name.Length <= MaximumNameBytes / 3 || Encoding.UTF8.GetByteCount(name) <= MaximumNameBytes;

    public static void WriteNone(WireWriter writer) => writer.WriteByte(None);

    public static void WriteLiteral(WireWriter writer, string name)
    {
        writer.WriteByte(Literal);
        writer.WriteString(name);
    }
}

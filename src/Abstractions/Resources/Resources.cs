using System.Diagnostics.CodeAnalysis;

namespace ActorCompute;

/// <summary>
/// Named amounts of something there is only so much of, beside slots: what a worker has (<c>gpu=2 mem=64GiB</c>), or what a task needs
/// while it runs. The names mean nothing to the cluster, which only counts.
/// </summary>
/// <remarks>Immutable, and compared by value.</remarks>
public sealed class Resources : IEquatable<Resources>
{
    /// <summary>Names at most.</summary>
    public const int MaxNames = 16;

    /// <summary>Characters in a name at most.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Nothing.</summary>
    public static readonly Resources None = new([]);

    private readonly KeyValuePair<string, long>[] _amounts;
    private readonly int _hash;

    private Resources(KeyValuePair<string, long>[] amounts)
    {
        _amounts = amounts;
        var hash = default(HashCode);
        foreach (var (name, amount) in amounts)
        {
            hash.Add(name);
            hash.Add(amount);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>The amounts by name, each above 0, in the order of the names.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Amounts => _amounts;

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => _amounts.Length == 0;

    /// <summary>The amount of a resource; 0 for one that is not named.</summary>
    public long this[string name]
    {
        get
        {
            foreach (var (known, amount) in _amounts)
            {
                if (known == name) return amount;
            }

            return 0;
        }
    }

    /// <summary>Resources by name: <c>Resources.Of(("gpu", 1), ("mem", 8L &lt;&lt; 30))</c>.</summary>
    /// <param name="amounts">Names of lower-case letters, digits and hyphens, each with an amount of 1 or more; at most 16.</param>
    /// <exception cref="InputException">A name or an amount cannot be used, a name is there twice, or there are too many.</exception>
    public static Resources Of(params IEnumerable<(string Name, long Amount)> amounts) => Of(amounts.Select(amount => KeyValuePair.Create(amount.Name, amount.Amount)));

    /// <inheritdoc cref="Of(IEnumerable{ValueTuple{string,long}})"/>
    public static Resources Of(IEnumerable<KeyValuePair<string, long>> amounts)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        var sorted = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, amount) in amounts)
        {
            if (!IsName(name)) throw new InputException($"'{Shortened(name)}' is not the name of a resource; give 1 to {MaxNameLength} lower-case letters, digits and hyphens.");
            if (amount < 1) throw new InputException($"{name}={amount}: give 1 or more.");
            if (!sorted.TryAdd(name, amount)) throw new InputException($"the resource {name} is given twice; give it once.");
            if (sorted.Count > MaxNames) throw new InputException($"more than {MaxNames} resources; give {MaxNames} at most.");
        }

        return sorted.Count == 0 ? None : new([.. sorted]);
    }

    /// <summary>Reads <c>gpu=2</c> and <c>mem=64GiB</c>: whole numbers, or bytes with KiB, MiB, GiB or TiB.</summary>
    /// <param name="texts">One resource each.</param>
    /// <exception cref="InputException">A text cannot be read, a name is there twice, or there are too many.</exception>
    public static Resources Parse(params IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Of(texts.Select(ResourceText.Parse));
    }

    /// <summary>Whether there is at least as much of everything.</summary>
    public bool Covers(Resources needs)
    {
        ArgumentNullException.ThrowIfNull(needs);
        foreach (var (name, amount) in needs._amounts)
        {
            if (this[name] < amount) return false;
        }

        return true;
    }

    /// <summary>How many tasks with these needs it is enough for at a time; <see cref="int.MaxValue"/> if they need nothing.</summary>
    public int Times(Resources needs)
    {
        ArgumentNullException.ThrowIfNull(needs);
        var times = (long)int.MaxValue;
        foreach (var (name, amount) in needs._amounts) times = Math.Min(times, this[name] / amount);
        return (int)times;
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] Resources? other) => other is not null && (ReferenceEquals(this, other) || (_hash == other._hash && _amounts.SequenceEqual(other._amounts)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Resources);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>As <see cref="Parse"/> reads it: <c>gpu=2 mem=64GiB</c>; empty for nothing.</summary>
    public override string ToString() => string.Join(' ', _amounts.Select(amount => ResourceText.Of(amount.Key, amount.Value)));

    private static bool IsName([NotNullWhen(true)] string? name) => name is { Length: > 0 and <= MaxNameLength } && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string Shortened(string? name) => name is null ? "" : name.Length <= MaxNameLength ? name : name[..MaxNameLength] + "...";
}

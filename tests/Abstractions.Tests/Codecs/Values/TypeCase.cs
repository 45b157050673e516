using System.Collections;

namespace ActorCompute.Abstractions.Tests.Codecs.Values;

/// <summary>A row of the table of types: a value, and that it arrives as it was sent or with what words it is refused.</summary>
/// <param name="what">The type in C#, and behind a colon what is special about the value.</param>
/// <param name="words">A part of what the user is told; null when the value arrives.</param>
public abstract class TypeCase(string what, string? words)
{
    public string What => what;

    /// <summary>The row as docs/values.md has it.</summary>
    public string Row
    {
        get
        {
            var comma = what.IndexOf(": ", StringComparison.Ordinal);
            var (type, special) = comma < 0 ? (what, "") : (what[..comma], what[comma..]);
            // What is said in words needs no quoting as code.
            if (!type.StartsWith("a ", StringComparison.Ordinal) && !type.StartsWith("an ", StringComparison.Ordinal)) type = $"`{type}`";
            return $"| {type}{special} | {(words is null ? "exact" : "refused: " + Told.TrimEnd('.').Replace("<", "&lt;", StringComparison.Ordinal))} |";
        }
    }

    /// <summary>All that the user is told.</summary>
    protected abstract string Told { get; }

    public abstract void AsArgument();

    public abstract void AsResult();

    public abstract void AsMember();

    public abstract void AsElement();

    public abstract void AsKey();

    public abstract void AsValue();

    public override string ToString() => what;
}

/// <summary>What users put values into.</summary>
public sealed record Holder<T>(T Value, string Name);

/// <inheritdoc/>
public sealed class TypeCase<T>(string what, T value, string? words = null, Func<T, object?>? view = null) : TypeCase(what, words)
    where T : notnull
{
    private readonly string? _words = words;

    protected override string Told => ValueCodec<T>.Refusal ?? Assert.Throws<InputException>(() => ValueCodec<T>.Instance.ToBytes(value)).Message;

    public override void AsArgument() => Check(value, arrived => arrived, FunctionValues.Refusal("F", ValueCodec<T>.Instance, ValueCodec<int>.Instance));

    public override void AsResult() => Check(value, arrived => arrived, FunctionValues.Refusal("F", ValueCodec<int>.Instance, ValueCodec<T>.Instance));

    public override void AsMember() => Check(new Holder<T>(value, "n"), holder => holder.Value);

    public override void AsElement() => Check<List<T>>([value, value], list => list[1]);

    public override void AsKey() => Check(new Dictionary<T, int> { [value] = 7 }, map => Assert.Single(map).Key);

    public override void AsValue() => Check(new Dictionary<string, T> { ["a"] = value }, map => map["a"]);

    private void Check<TSent>(TSent sent, Func<TSent, T> part) =>
        Check(sent, part, FunctionValues.Refusal("F", ValueCodec<TSent>.Instance, ValueCodec<int>.Instance));

    private void Check<TSent>(TSent sent, Func<TSent, T> part, string? refusal)
    {
        if (_words is null)
        {
            Assert.Null(refusal);
            var arrived = part(ValueCodec<TSent>.Instance.Read(ValueCodec<TSent>.Instance.ToBytes(sent)));
            if (value.GetType() == typeof(T)) Assert.IsType<T>(arrived);
            Assert.Equal(View(value), View(arrived));
            return;
        }

        // By its type before anything is sent; or, where only the value tells, by the value.
        var told = refusal ?? Assert.Throws<InputException>(() => ValueCodec<TSent>.Instance.ToBytes(sent)).Message;
        Assert.Contains(_words, told, StringComparison.Ordinal);
        // Nothing of a refused type is ever written or read, whoever asks.
        if (refusal is not null) Assert.Throws<InputException>(() => ValueCodec<TSent>.Instance.ToBytes(sent));
    }

    // What is compared: what the row says, the elements of a collection in their order, or the value itself.
    private object? View(T of) => view is not null ? view(of) : of is IEnumerable items and not string ? items.Cast<object?>().ToList() : of;
}

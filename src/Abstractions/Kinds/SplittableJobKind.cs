namespace ActorCompute;

/// <summary>
/// A kind of job whose long tasks are split while they run: when slots are idle and nothing waits for them, what is left of a task is
/// shared among them. As <see cref="JobKind{TParameters,TTask,TResult,TRow}"/> in everything else; the reduction sees each task once, with
/// the merged result.
/// </summary>
/// <inheritdoc cref="TypedJobKind{TParameters,TTask,TResult,TRow}"/>
public abstract class SplittableJobKind<TParameters, TTask, TResult, TRow> : JobKind<TParameters, TTask, TResult, TRow>, ISplittableKind
{
    /// <inheritdoc/>
    protected abstract override ISplittableWork<TTask, TResult> Open(TParameters parameters);

    /// <summary>
    /// The result of two neighbouring pieces of one task. Must be associative, need not be commutative: <paramref name="first"/> is
    /// what lies before <paramref name="second"/>.
    /// </summary>
    protected abstract TResult Merge(TResult first, TResult second);

    ReadOnlyMemory<byte> ISplittableKind.Merge(IReadOnlyList<ReadOnlyMemory<byte>> results)
    {
        var merged = ResultCodec.Read(results[0].Span);
        for (var i = 1; i < results.Count; i++) merged = Merge(merged, ResultCodec.Read(results[i].Span));
        return ResultCodec.ToBytes(merged);
    }
}

using ActorCompute.Client.Executor;

namespace ActorCompute;

/// <summary>
/// The results of a map in the order of its inputs, or as they complete (<see cref="Unordered"/>), with their inputs
/// (<see cref="WithInputs"/>), with failures as values (<see cref="WithOutcomes"/>). The job begins when they are enumerated, which is
/// possible once, and ends when the enumeration does.
/// </summary>
/// <remarks>
/// The first failure ends the map: enumerating throws a <see cref="RemoteTaskException"/> at its place, after the results before it.
/// </remarks>
/// <typeparam name="TInput">What the function takes.</typeparam>
/// <typeparam name="TResult">What it gives.</typeparam>
public sealed class MapResults<TInput, TResult> : IAsyncEnumerable<TResult>
{
    private readonly Func<bool, CancellationToken, MapOutcomes<TInput, TResult>> _begin;
    private readonly bool _ordered;

    internal MapResults(Func<bool, CancellationToken, MapOutcomes<TInput, TResult>> begin, bool ordered = true) => (_begin, _ordered) = (begin, ordered);

    /// <summary>The same as they complete: a slow one holds up no other.</summary>
    public MapResults<TInput, TResult> Unordered() => new(_begin, ordered: false);

    /// <summary>The same, each with the input that it belongs to.</summary>
    public IAsyncEnumerable<(TInput Input, TResult Result)> WithInputs() => new View<(TInput, TResult), Pair>(_begin, _ordered);

    /// <summary>The same with failures as values: each input with what became of it. A failure ends nothing.</summary>
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> WithOutcomes() => new Outcomes(_begin, _ordered);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It was enumerated before.</exception>
    public IAsyncEnumerator<TResult> GetAsyncEnumerator(CancellationToken cancellationToken = default) => new View<TResult, Result>(_begin, _ordered).GetAsyncEnumerator(cancellationToken);

    private interface IView<TItem>
    {
        /// <exception cref="RemoteTaskException">It failed.</exception>
        static abstract TItem Of(in MapOutcome<TInput, TResult> outcome);
    }

    private readonly struct Result : IView<TResult>
    {
        public static TResult Of(in MapOutcome<TInput, TResult> outcome) => outcome.Result;
    }

    private readonly struct Pair : IView<(TInput, TResult)>
    {
        public static (TInput, TResult) Of(in MapOutcome<TInput, TResult> outcome) => (outcome.Input, outcome.Result);
    }

    private sealed class Outcomes(Func<bool, CancellationToken, MapOutcomes<TInput, TResult>> begin, bool ordered) : IAsyncEnumerable<MapOutcome<TInput, TResult>>
    {
        public IAsyncEnumerator<MapOutcome<TInput, TResult>> GetAsyncEnumerator(CancellationToken cancellationToken = default) => begin(ordered, cancellationToken);
    }

    private sealed class View<TItem, TView>(Func<bool, CancellationToken, MapOutcomes<TInput, TResult>> begin, bool ordered) : IAsyncEnumerable<TItem>
        where TView : struct, IView<TItem>
    {
        public IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default) => new Enumerator(begin(ordered, cancellationToken));

        /// <summary>Not an iterator of the compiler's, for the reason that <see cref="MapOutcomes{TInput,TResult}"/> gives.</summary>
        private sealed class Enumerator(MapOutcomes<TInput, TResult> outcomes) : IAsyncEnumerator<TItem>
        {
            public TItem Current { get; private set; } = default!;

            public ValueTask<bool> MoveNextAsync()
            {
                var next = outcomes.MoveNextAsync();
                if (!next.IsCompletedSuccessfully) return NextAsync(next);
                if (!next.Result) return new(false);
                if (!outcomes.Current.IsSuccess) return FailAsync();
                Current = TView.Of(outcomes.Current);
                return new(true);
            }

            public ValueTask DisposeAsync() => outcomes.DisposeAsync();

            private async ValueTask<bool> NextAsync(ValueTask<bool> next)
            {
                if (!await next.ConfigureAwait(false)) return false;
                if (!outcomes.Current.IsSuccess) return await FailAsync().ConfigureAwait(false);
                Current = TView.Of(outcomes.Current);
                return true;
            }

            /// <summary>Ends the job, and throws why.</summary>
            private async ValueTask<bool> FailAsync()
            {
                await outcomes.DisposeAsync().ConfigureAwait(false);
                Current = TView.Of(outcomes.Current);
                return true;
            }
        }
    }
}

namespace ActorCompute.Client.Executor;

/// <summary>The results of a map; the first failure among its outcomes ends it. See <see cref="MapOutcomes{TInput,TResult}"/> for why this is written out.</summary>
internal sealed class MapResults<TInput, TResult>(IAsyncEnumerable<MapOutcome<TInput, TResult>> outcomes) : IAsyncEnumerable<TResult>
{
    public IAsyncEnumerator<TResult> GetAsyncEnumerator(CancellationToken cancellationToken = default) => new Enumerator(outcomes.GetAsyncEnumerator(cancellationToken));

    private sealed class Enumerator(IAsyncEnumerator<MapOutcome<TInput, TResult>> outcomes) : IAsyncEnumerator<TResult>
    {
        public TResult Current { get; private set; } = default!;

        public ValueTask<bool> MoveNextAsync()
        {
            var next = outcomes.MoveNextAsync();
            if (!next.IsCompletedSuccessfully) return NextAsync(next);
            if (!next.Result) return new(false);
            var outcome = outcomes.Current;
            if (!outcome.IsSuccess) return EndAsync(outcome);
            Current = outcome.Result;
            return new(true);
        }

        public ValueTask DisposeAsync() => outcomes.DisposeAsync();

        private async ValueTask<bool> NextAsync(ValueTask<bool> next)
        {
            if (!await next.ConfigureAwait(false)) return false;
            var outcome = outcomes.Current;
            if (!outcome.IsSuccess) return await EndAsync(outcome).ConfigureAwait(false);
            Current = outcome.Result;
            return true;
        }

        private async ValueTask<bool> EndAsync(MapOutcome<TInput, TResult> failed)
        {
            await outcomes.DisposeAsync().ConfigureAwait(false);
            Current = failed.Result;
            return true;
        }
    }
}

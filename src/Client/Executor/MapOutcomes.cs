using System.Runtime.ExceptionServices;
using ActorCompute.Client.Jobs;
using ActorCompute.Client.Scatter.Inputs;
using ActorCompute.Messages.Packing;

namespace ActorCompute.Client.Executor;

/// <summary>
/// The outcomes of a map, one by one, decoded when they are asked for. Not an iterator of the compiler's: of a pack all but
/// the first are there at once, and a million turns of a state machine would be most of what a tiny task costs here.
/// </summary>
/// <param name="settled">What came of tasks and packs.</param>
/// <param name="codec">How results travel.</param>
/// <param name="function">The function's name, for a person.</param>
internal sealed class MapOutcomes<TInput, TResult>(IAsyncEnumerator<SettledBatch> settled, ICodec<TResult> codec, string function) : IAsyncEnumerator<MapOutcome<TInput, TResult>>
{
    private readonly ValueCodec<TResult>? _value = codec as ValueCodec<TResult>;

    // The pack at hand: its inputs, its results, and how far it is read.
    private PackedInputs<TInput>? _inputs;
    private ReadOnlyMemory<byte> _results;
    private TaskRun _run = null!;
    private long _first;
    private int _count;
    private int _index;
    private int _offset;

    public MapOutcome<TInput, TResult> Current { get; private set; }

    public ValueTask<bool> MoveNextAsync()
    {
        if (_index == _count) return NextAsync();
        try
        {
            ReadFromPack();
            return new(true);
        }
        catch (Exception e)
        {
            return EndAsync(e);
        }
    }

    public ValueTask DisposeAsync() => settled.DisposeAsync();

    private async ValueTask<bool> NextAsync()
    {
        if (!await settled.MoveNextAsync().ConfigureAwait(false))
        {
            Current = default;
            return false;
        }

        var outcome = settled.Current;
        try
        {
            if (!outcome.Batch.IsPack)
            {
                Current = new(outcome.First, (TInput)outcome.State!, outcome.Failure is null ? Read(outcome.Result.Span) : default, outcome.Failure, outcome.Run);
                return true;
            }

            // What one took is not known: each took its part.
            (_inputs, _results, _run) = ((PackedInputs<TInput>)outcome.State!, outcome.Result, outcome.Run with { Elapsed = outcome.Run.Elapsed / outcome.Count });
            (_first, _count, _index, _offset) = (outcome.First, outcome.Count, 0, 0);
            ReadFromPack();
            return true;
        }
        catch (Exception e)
        {
            return await EndAsync(e).ConfigureAwait(false);
        }
    }

    /// <summary>A result that cannot be read ends the map.</summary>
    private async ValueTask<bool> EndAsync(Exception e)
    {
        _index = _count;
        await settled.DisposeAsync().ConfigureAwait(false);
        if (e is FormatException) throw FunctionValues.Unreadable(function, e);
        ExceptionDispatchInfo.Throw(e);
        return false;
    }

    private void ReadFromPack()
    {
        var value = PackFormat.Read(_results.Span, ref _offset, out var failed);
        Current = failed
            ? new(_first + _index, _inputs![_index], default, WireReplies.ReadError(value), _run)
            : new(_first + _index, _inputs![_index], Read(value), null, _run);
        _index++;
    }

    private TResult Read(ReadOnlySpan<byte> result) => _value is null ? codec.Read(result) : _value.Read(result);
}

namespace ActorCompute.Client.Scatter.Inputs;

/// <summary>The inputs of a map, or the tasks of a plan, drawn a little ahead: enumerations may be slow, and the job's actor never waits for one.</summary>
internal sealed class InputSource<TInput> : TaskSource
{
    private readonly InputQueue<TInput> _queue;

    private InputSource(ICodec<TInput> codec, bool keepsInputs = true) => _queue = new(codec, keepsInputs);

    public override bool IsEnded => _queue.IsEnded;

    public override Exception? Error => _queue.Error;

    /// <summary>Draws inputs on a thread of its own, which they may block.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="codec">How they are encoded.</param>
    /// <param name="keepsInputs">Whether the inputs themselves go with the tasks, as their state.</param>
    public static InputSource<TInput> Of(IEnumerable<TInput> inputs, ICodec<TInput> codec, bool keepsInputs = true)
    {
        var source = new InputSource<TInput>(codec, keepsInputs);
        _ = Task.Factory.StartNew(() => source.Draw(inputs), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return source;
    }

    /// <summary>Awaits inputs.</summary>
    public static InputSource<TInput> Of(IAsyncEnumerable<TInput> inputs, ICodec<TInput> codec)
    {
        var source = new InputSource<TInput>(codec);
        _ = Task.Run(() => source.DrawAsync(inputs));
        return source;
    }

    public override int Drawn => _queue.Drawn;

    public override bool TryPeek(out long number) => _queue.TryPeek(out number);

    public override bool TryTake(int most, out TaskBatch batch) => _queue.TryTake(most, out batch);

    public override Task WaitAsync() => _queue.WaitAsync();

    private void Draw(IEnumerable<TInput> inputs)
    {
        var stopped = Stopped;
        try
        {
            foreach (var input in inputs)
            {
                stopped.ThrowIfCancellationRequested();
                if (!_queue.HasRoom) _queue.WaitForRoomAsync(stopped).AsTask().GetAwaiter().GetResult();
                _queue.Add(input);
            }

            _queue.Complete(null);
        }
        catch (Exception e)
        {
            _queue.Complete(e);
        }
    }

    private async Task DrawAsync(IAsyncEnumerable<TInput> inputs)
    {
        try
        {
            await foreach (var input in inputs.WithCancellation(Stopped).ConfigureAwait(false))
            {
                Stopped.ThrowIfCancellationRequested();
                if (!_queue.HasRoom) await _queue.WaitForRoomAsync(Stopped).ConfigureAwait(false);
                _queue.Add(input);
            }

            _queue.Complete(null);
        }
        catch (Exception e)
        {
            _queue.Complete(e);
        }
    }
}

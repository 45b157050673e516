namespace ActorCompute.Client.Shared;

/// <summary>The input of a call whose arguments are on the cluster, or will be: shared values and the results of other calls.</summary>
/// <param name="arguments">The arguments.</param>
/// <param name="shared">Where they are shared while the call is under way; null where they are a part of the call.</param>
/// <param name="make">Makes the input of them, or of what stands for them.</param>
internal sealed class RemoteInput<TInput>(IReadOnlyList<IRemoteArgument> arguments, SharedValues? shared, Func<IReadOnlyList<object?>, TInput> make)
{
    private int _lent;

    /// <summary>Says once when all arguments are there, or why one will not be.</summary>
    public void WhenThere(Action<Exception?> told)
    {
        var awaited = arguments.Select(argument => argument.Awaited).OfType<ComputeFuture>().Distinct().ToList();
        if (awaited.Count == 0)
        {
            told(null);
            return;
        }

        var (left, failed) = (awaited.Count, 0);
        foreach (var future in awaited)
        {
            future.Continue(ended =>
            {
                if (ended.EndedWith is { } error)
                {
                    if (Interlocked.Exchange(ref failed, 1) == 0) told(error);
                }
                else if (Interlocked.Decrement(ref left) == 0) told(null);
            });
        }
    }

    /// <summary>The input, now that the arguments are there.</summary>
    public TInput Lend()
    {
        if (shared is null) return make([.. arguments.Select(argument => argument.Value)]);
        var lent = new object[arguments.Count];
        for (; _lent < lent.Length; _lent++) lent[_lent] = arguments[_lent].Lend(shared);
        return make(lent);
    }

    /// <summary>The call is done; called once.</summary>
    public void Return()
    {
        for (; _lent > 0; _lent--) arguments[_lent - 1].Return();
    }
}

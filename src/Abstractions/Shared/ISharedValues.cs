namespace ActorCompute;

/// <summary>The shared values that a worker process has, or gets.</summary>
internal interface ISharedValues
{
    /// <summary>The value, made once for all tasks of the process that ask for it; gets it from its holder with the first.</summary>
    /// <exception cref="InputException">It cannot be had any more, or is not what was shared.</exception>
    /// <exception cref="TimeoutException">Its holder does not answer.</exception>
    /// <exception cref="FormatException">What was got is no such value.</exception>
    /// <exception cref="OperationCanceledException">The token was set.</exception>
    ValueTask<T> GetAsync<T>(SharedReference reference, CancellationToken cancellation);
}

/// <summary>A shared value in the place of an argument.</summary>
internal interface ISharedArgument
{
    /// <summary>The argument.</summary>
    ValueTask<object?> GetObjectAsync(CancellationToken cancellation);
}

/// <summary>Those of this process.</summary>
internal static class ProcessSharedValues
{
    /// <summary>Null where no worker runs.</summary>
    public static ISharedValues? Current { get; set; }
}

namespace ActorCompute;

/// <summary>A function as a caller in the same program uses it; <see cref="ComputeFunction{TInput,TResult}"/> and <see cref="IoFunction{TInput,TResult}"/> are such.</summary>
public interface IFunction<TInput, TResult> : IJobKind
{
    /// <summary>How inputs travel.</summary>
    ICodec<TInput> InputCodec { get; }

    /// <summary>How results travel.</summary>
    ICodec<TResult> ResultCodec { get; }

    /// <summary>The function's own parameters as every worker gets them.</summary>
    /// <exception cref="InputException">One is missing or unknown.</exception>
    ReadOnlyMemory<byte> EncodeParameters(ParameterValues own);
}

namespace ActorCompute.Messages;

/// <summary>The kind behind static methods of a program, as client and worker name it; its parameters are a <see cref="FunctionCall"/>.</summary>
public static class FunctionContract
{
    public const string KindName = "function";

    public const string Version = "2";
}

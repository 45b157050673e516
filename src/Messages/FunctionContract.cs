using System.Globalization;

namespace ActorCompute.Messages;

/// <summary>The kind behind static methods of a program, as client and worker name it; its parameters are a <see cref="FunctionCall"/>.</summary>
public static class FunctionContract
{
    public const string KindName = "function";

    public const string Version = "3";

    /// <summary>Bytes from which a worker keeps a call's result for calls that take it; a smaller one travels with them.</summary>
    public const int LeastKeptResult = 64 << 10;

    /// <summary>The id of a call's result, by which a worker that keeps it finds it for calls that take it.</summary>
    public static string ResultId(string job, long number) => string.Create(CultureInfo.InvariantCulture, $"{job}/{number}");
}

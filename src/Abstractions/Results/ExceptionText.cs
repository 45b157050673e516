namespace ActorCompute;

/// <summary>What an exception says. Its members may be a user's code, which may throw whatever it likes, or give nothing.</summary>
internal static class ExceptionText
{
    public static string NameOf(Exception e) => e.GetType().FullName ?? e.GetType().Name;

    public static string MessageOf(Exception e) => Read(() => e.Message) ?? "(no message)";

    public static string? TraceOf(Exception e) => Read(() => e.StackTrace);

    private static string? Read(Func<string?> text)
    {
        try
        {
            return text();
        }
        catch (Exception e)
        {
            return $"(its text cannot be read: {NameOf(e)})";
        }
    }
}

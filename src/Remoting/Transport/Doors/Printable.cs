namespace ActorCompute.Remoting.Transport;

/// <summary>Text from outside, for a log: one line of visible ASCII, not long.</summary>
internal static class Printable
{
    private const int MaxLength = 300;

    public static string Text(string text) => string.Create(Math.Min(text.Length, MaxLength), text, (into, from) =>
    {
        for (var i = 0; i < into.Length; i++) into[i] = from[i] is >= ' ' and <= '~' ? from[i] : '?';
    });
}

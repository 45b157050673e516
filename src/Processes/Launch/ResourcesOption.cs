namespace ActorCompute.Processes;

/// <summary>Resources on command lines: an option that is repeated for each.</summary>
public static class ResourcesOption
{
    /// <summary>Reads the values of an option.</summary>
    /// <param name="option">Its name.</param>
    /// <param name="texts">Its values; null for none.</param>
    /// <exception cref="InputException">One of them cannot be used; the message says what to give.</exception>
    public static Resources Read(string option, IReadOnlyList<string>? texts)
    {
        if (texts is null or []) return Resources.None;
        try
        {
            return Resources.Parse(texts);
        }
        catch (InputException e)
        {
            throw new InputException($"{option}: {e.Message}");
        }
    }
}

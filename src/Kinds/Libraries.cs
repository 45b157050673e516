using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds;

/// <summary>Libraries that the kinds chose at start, for a person to see.</summary>
internal static class Libraries
{
    /// <summary>The one that inflates BGZF blocks, and the others that are there.</summary>
    public static string Inflate
    {
        get
        {
            try
            {
                var used = Inflaters.Default;
                var others = Inflaters.Available.Where(provider => provider != used).ToList();
                return others.Count == 0 ? $"{used}" : $"{used} (also here: {string.Join(", ", others)})";
            }
            catch (NotSupportedException e)
            {
                return e.Message;
            }
        }
    }
}

namespace ActorCompute.Client.Jobs;

/// <summary>Puts the results of a task's pieces together by the kind's own code, which may throw whatever it likes.</summary>
internal static class PieceMerge
{
    public static LedgerEvent.Merged Of(LedgerInstruction.Merge merge, Func<IReadOnlyList<ReadOnlyMemory<byte>>, ReadOnlyMemory<byte>> code)
    {
        try
        {
            return new(merge.Number, code(merge.Results), null);
        }
        catch (Exception e)
        {
            return new(merge.Number, default, new(FailureCause.Exception, ExceptionText.NameOf(e), $"the results of its {merge.Results.Count} pieces could not be merged: {ExceptionText.MessageOf(e)}"));
        }
    }
}

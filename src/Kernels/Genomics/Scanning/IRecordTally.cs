namespace ActorCompute.Kernels.Genomics;

/// <summary>What a pass does with each record that it meets. A struct, so that the loop has no call in it.</summary>
internal interface IRecordTally
{
    /// <summary>Takes the record that the reader is at.</summary>
    void Add(BamRecordReader record);
}

/// <summary>What came of a pass.</summary>
/// <param name="Tally">What was made of the records.</param>
/// <param name="Records">How many it met.</param>
/// <param name="BytesRead">Of the file, compressed as they are there.</param>
/// <param name="Warnings">What else to tell.</param>
internal sealed record Pass<TTally>(TTally Tally, long Records, long BytesRead, ScanWarnings Warnings)
{
    /// <summary>What the pass did not look at, because it was stopped; null when it went to its end.</summary>
    public BamPart? Rest { get; init; }
}

namespace ActorCompute;

/// <summary>The reads of a reference or region.</summary>
/// <param name="Reference">The reference's name, the region as it was given, or <c>*</c> for reads without a reference.</param>
/// <param name="Length">Its length in bases.</param>
/// <param name="Reads">The reads that were counted.</param>
/// <param name="Elapsed">The work of all its parts together.</param>
/// <param name="Worker">The worker that counted the part which lies last in the file.</param>
public sealed record ScanRow(string Reference, long Length, long Reads, TimeSpan Elapsed, string Worker);

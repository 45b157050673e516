using ActorCompute.Kinds.Functions;

namespace ActorCompute;

/// <summary>What came of fetching a URL.</summary>
/// <param name="Status">The HTTP status; null when there was no answer.</param>
/// <param name="Bytes">Length of the body that was read.</param>
/// <param name="Sha256">Its SHA-256 in hexadecimal; null when it was not read to the end.</param>
/// <param name="Seconds">From the request to the end of the body.</param>
/// <param name="Error">What went wrong, for a person; null when the status is 2xx and the body is whole.</param>
public sealed record FetchResult(int? Status, long Bytes, string? Sha256, double Seconds, string? Error);

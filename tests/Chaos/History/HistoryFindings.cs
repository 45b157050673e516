namespace ActorCompute.Chaos.History;

/// <summary>What a history comes to.</summary>
/// <param name="Violations">Promises that were not kept, each in a sentence; empty when all were.</param>
/// <param name="Detected">For each blow that the client noticed: how long that took.</param>
/// <param name="Recovered">For each blow that interrupted tasks: how long until the last of them had its outcome.</param>
/// <param name="StartedAgain">Tasks of which more than one attempt began.</param>
/// <param name="RunTwice">Tasks of which more than one attempt did its work, or one began when the outcome had been reported: work done in vain.</param>
internal sealed record HistoryFindings(
    IReadOnlyList<string> Violations, IReadOnlyList<TimeSpan> Detected, IReadOnlyList<TimeSpan> Recovered, int StartedAgain, int RunTwice);

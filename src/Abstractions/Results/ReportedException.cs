namespace ActorCompute;

/// <summary>A failure that says more than a text: what the kind tells a program of it, as <see cref="TaskFailure.Report"/>.</summary>
/// <param name="message">For a person.</param>
/// <param name="report">For the kind's own code on the client, encoded as the kind likes; at most 4 MiB.</param>
internal class ReportedException(string message, ReadOnlyMemory<byte> report) : Exception(message)
{
    /// <summary>What travels with the failure.</summary>
    public ReadOnlyMemory<byte> Report { get; } = report;
}

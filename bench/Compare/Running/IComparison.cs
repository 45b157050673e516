namespace ActorCompute.Compare.Running;

/// <summary>A group of rows that share what is started for them.</summary>
internal interface IComparison
{
    /// <summary>As <c>--only</c> names it.</summary>
    string Name { get; }

    /// <summary>What it measures, in a line.</summary>
    string Summary { get; }

    Task RunAsync(Arena arena, CancellationToken cancellation);
}

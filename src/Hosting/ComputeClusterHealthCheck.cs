using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorCompute;

/// <summary>Asks the seed of a cluster how it is. Always gives an answer, in time.</summary>
/// <param name="look">Looks at the cluster.</param>
/// <param name="limit">How long that may take.</param>
internal sealed class ComputeClusterHealthCheck(Func<CancellationToken, Task<ClusterSeen>> look, Func<TimeSpan> limit) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        ClusterHealth.Judge(await LookAsync(cancellationToken).ConfigureAwait(false), context.Registration.FailureStatus);

    private async Task<ClusterSeen> LookAsync(CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var time = "time";
        try
        {
            var longest = limit();
            time = $"{longest.TotalSeconds:0.###} s";
            ending.CancelAfter(longest);
            var token = ending.Token;
            // On another thread: the question starts an actor system of its own.
            return await Task.Run(() => look(token), token).WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ClusterSeen.Nothing("the check was cancelled.");
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return ClusterSeen.Nothing($"the seed did not answer within {time}.");
        }
        catch (Exception e)
        {
            return ClusterSeen.Nothing(e.Message, e);
        }
    }
}

using ActorCompute.Client.Shared;

namespace ActorCompute;

/// <content>Values that many calls use.</content>
public sealed partial class ComputeCluster
{
    private readonly SharedValues _shared;

    /// <summary>
    /// Shares a value that many calls use, a model or a table: it is sent to each worker once, with the first task that uses it there. What
    /// is done to it afterwards reaches no worker.
    /// </summary>
    /// <param name="value">The value. It travels as an argument does, up to 2 GiB; up to 4 KiB it goes along with each call.</param>
    /// <returns>
    /// What stands for it: a part of inputs (<c>cluster.Map(p =&gt; p.Model.Value.Score(p.X), xs.Select(x =&gt; (x, model)))</c>), or an argument
    /// (<c>cluster.Submit(Score, model, cluster.Share(x))</c>). It holds on to the value until it or the cluster is disposed.
    /// </returns>
    /// <exception cref="ArgumentException">It would not arrive as it is, or is too large.</exception>
    public SharedValue<T> Share<T>(T value)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return _shared.Share(value);
    }
}

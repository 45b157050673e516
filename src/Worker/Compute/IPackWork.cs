using ActorCompute.Messages.Packing;

namespace ActorCompute.Worker.Compute;

/// <summary>Work that runs the tasks of a pack in one call: of tiny tasks a call each is a good part.</summary>
internal interface IPackWork : IOpenedCpuWork
{
    /// <summary>Runs tasks until the pass is through or has to stop. What a task throws leaves this call, with the pass behind that task's input.</summary>
    void Execute(ref PackPass pass, PackWriter results);
}

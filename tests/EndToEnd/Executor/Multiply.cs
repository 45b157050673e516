using System.Globalization;

namespace ActorCompute.EndToEnd.Executor;

/// <summary>A function that is a class: workers find it by its name in a plug-in folder.</summary>
public sealed class Multiply : ComputeFunction<long, long>
{
    public override string Name => "multiply";

    public override string Summary => "Multiplies by a factor.";

    protected override IReadOnlyList<ParameterDescription> OwnParameters => [new("factor", "a whole number", IsRequired: true)];

    protected override long Compute(long input, TaskContext context) => input * long.Parse(context.Parameters.Required("factor"), CultureInfo.InvariantCulture);
}

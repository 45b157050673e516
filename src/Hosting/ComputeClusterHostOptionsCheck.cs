using Microsoft.Extensions.Options;

namespace ActorCompute;

/// <summary>The library's own checks, when the host starts instead of when the cluster does.</summary>
internal sealed class ComputeClusterHostOptionsCheck : IValidateOptions<ComputeClusterHostOptions>
{
    public ValidateOptionsResult Validate(string? name, ComputeClusterHostOptions options)
    {
        try
        {
            options.Check();
            return ValidateOptionsResult.Success;
        }
        catch (InputException e)
        {
            return ValidateOptionsResult.Fail($"{ClusterName.SectionOf(name)}: {e.Message}");
        }
    }
}

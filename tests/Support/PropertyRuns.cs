using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace ActorCompute.Support;

/// <summary>
/// How often properties are tried: a few hundred times in a test run that somebody waits for. <c>ACTORCOMPUTE_PROPERTIES=100</c> tries them a
/// hundred times as often, for the night.
/// </summary>
internal static class PropertyRuns
{
    private const string Variable = "ACTORCOMPUTE_PROPERTIES";

    private static readonly int Factor = Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var factor) && factor is >= 1 and <= 100_000 ? factor
        : throw new InvalidOperationException($"{Variable}={text}: give 1 to 100000.");

    /// <summary>What fails is thrown, with the case that was found.</summary>
    public static Config Of(int few) => Times(Config.QuickThrowOnFailure, few);

    /// <summary>The same with the sizes of a configuration.</summary>
    public static Config Times(this Config config, int few) => config.WithMaxTest(checked(few * Factor));
}

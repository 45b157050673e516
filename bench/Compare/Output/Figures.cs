using System.Globalization;

namespace ActorCompute.Compare;

/// <summary>Numbers for people.</summary>
internal static class Figures
{
    /// <summary>Four digits: more do not come out the same twice.</summary>
    public static string Text(double value) =>
        value.ToString(value >= 1000 ? "N0" : value >= 100 ? "F1" : value >= 10 ? "F2" : value >= 0.1 ? "F3" : "F4", CultureInfo.InvariantCulture);

    public static string Ratio(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{(ratio >= 100 ? ratio.ToString("N0", CultureInfo.InvariantCulture) : ratio.ToString("F2", CultureInfo.InvariantCulture))} ×");
}

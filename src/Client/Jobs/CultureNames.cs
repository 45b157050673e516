using System.Globalization;

namespace ActorCompute.Client.Jobs;

/// <summary>The caller's cultures, which travel with what it calls: numbers, dates and order of texts come out as they would have here.</summary>
/// <param name="Culture">For numbers, dates, order; empty for the invariant one.</param>
/// <param name="Ui">For messages.</param>
internal readonly record struct CultureNames(string Culture, string Ui)
{
    /// <summary>Those of this thread.</summary>
    public static CultureNames Current => new(CultureInfo.CurrentCulture.Name, CultureInfo.CurrentUICulture.Name);
}

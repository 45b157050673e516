using System.Text.Encodings.Web;
using System.Text.Json;
using ActorCompute.Compare.Running;
using ActorCompute.Measuring;

namespace ActorCompute.Compare.Output;

/// <summary>All rows with every value, for scripts.</summary>
internal static class ResultJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string path, Surroundings before, Arena arena)
    {
        var rows = arena.Results.Select(result => new
        {
            result.Row.Group,
            result.Row.Name,
            result.Row.Unit,
            Better = result.Row.Better.ToString(),
            Goal = result.Row.Goal is { } goal ? new { goal.Bound, Against = goal.Against == 0 ? null : result.Row.Contenders[goal.Against].Name } : null,
            result.IsReached,
            Contenders = result.Standings.Select((standing, place) => new
            {
                standing.Name,
                standing.Values.Median,
                standing.Values.Least,
                standing.Values.Most,
                standing.Values.Values,
                ProductIsBetterBy = place == 0 ? (double?)null : result.RatioTo(standing),
            }),
        });
        var all = new { Before = before, LoadAfter = Surroundings.Look().Load, arena.Options.IsQuick, arena.Options.BamFile, Rows = rows, Skipped = arena.Absences };
        File.WriteAllText(path, JsonSerializer.Serialize(all, Options));
    }
}

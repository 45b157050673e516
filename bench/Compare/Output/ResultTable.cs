using ActorCompute.Compare.Running;
using ActorCompute.Measuring;
using Spectre.Console;

namespace ActorCompute.Compare.Output;

/// <summary>All rows as one table, for people.</summary>
internal static class ResultTable
{
    // Into a file nothing is broken to fit a window.
    private const int FileWidth = 200;

    public static void Write(TextWriter output, bool isTerminal, Surroundings surroundings, Arena arena)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output), Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No });
        if (!isTerminal) console.Profile.Width = FileWidth;
        output.WriteLine($"{surroundings}");
        if (arena.Options.IsQuick) output.WriteLine("a quick run: it shows that everything works, its figures mean nothing");
        if (arena.Results.Count > 0) console.Write(TableOf(arena.Results, isTerminal));
        foreach (var absence in arena.Absences) output.WriteLine($"skipped: {absence.Row}: {absence.Name}: {absence.Why}");
    }

    private static Table TableOf(IEnumerable<RowResult> results, bool isTerminal)
    {
        var table = new Table().Border(isTerminal ? TableBorder.Rounded : TableBorder.Ascii);
        foreach (var heading in new[] { "what", "who", "median", "least to most", "unit", "product is", "goal" }) table.AddColumn(heading);
        foreach (var (index, result) in results.Index())
        {
            if (index > 0) table.AddEmptyRow();
            foreach (var (place, standing) in result.Standings.Index())
            {
                var values = standing.Values;
                table.AddRow(Cells(
                    place == 0 ? result.Row.Name : "",
                    standing.Name,
                    Figures.Text(values.Median),
                    $"{Figures.Text(values.Least)} to {Figures.Text(values.Most)}",
                    values.Unit,
                    place == 0 ? "" : $"{Figures.Ratio(result.RatioTo(standing))} as good",
                    GoalOf(result, place)));
            }
        }

        return table;
    }

    private static Text[] Cells(params string[] values) => [.. values.Select(value => new Text(value))];

    // Beside the one it is held against.
    private static string GoalOf(RowResult result, int place)
    {
        if (result.Row.Goal is not { } goal) return "";
        var isHere = goal.Against == 0 ? place == 0 : result.Standings[place].Name == result.Row.Contenders[goal.Against].Name;
        if (!isHere) return "";
        var bound = goal.Against > 0
            ? $"≥ {Figures.Ratio(goal.Bound)}"
            : $"{(result.Row.Better == Better.Less ? "≤" : "≥")} {Figures.Text(goal.Bound)}";
        return $"{bound}: {(result.IsReached == true ? "reached" : "missed")}";
    }
}

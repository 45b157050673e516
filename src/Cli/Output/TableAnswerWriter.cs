using System.Globalization;

namespace ActorCompute.Cli.Output;

/// <summary>A table for people, with a last line that adds up. Beyond some rows a drawn table helps nobody: the rest goes out as lines.</summary>
internal sealed class TableAnswerWriter(ResultSchema schema, TextWriter output, bool isTerminal) : IAnswerWriter
{
    private const int LargestTable = 1000;

    private readonly List<ResultRow> _rows = [];
    private readonly long[] _totals = new long[schema.Columns.Count];
    private long _count;
    private TsvAnswerWriter? _lines;

    public bool WritesAtOnce => _lines is not null || _rows.Count == LargestTable;

    public void Row(ResultRow row)
    {
        AddUp(row);
        if (!WritesAtOnce)
        {
            _rows.Add(row);
            return;
        }

        if (_lines is null)
        {
            _lines = new(schema, output, flushEachRow: isTerminal);
            foreach (var early in _rows) _lines.Row(early);
            _rows.Clear();
        }

        _lines.Row(row);
    }

    public void End(JobSummary summary)
    {
        if (_lines is null && _rows.Count > 0) Draw(summary);
        else if (_lines is not null && HasTotals) _lines.Row(new([.. schema.Columns.Select((column, i) => i == 0 ? Label(summary) : column.IsTotalled ? _totals[i] : (object?)null)], null));
        output.Flush();
    }

    private bool HasTotals => _count > 1 && schema.Columns.Any(column => column.IsTotalled);

    private void AddUp(ResultRow row)
    {
        _count++;
        for (var i = 0; i < _totals.Length; i++)
        {
            if (schema.Columns[i].IsTotalled) _totals[i] += Convert.ToInt64(row.Values[i] ?? 0L, CultureInfo.InvariantCulture);
        }
    }

    private void Draw(JobSummary summary)
    {
        var table = new FittingTable([.. schema.Columns.Select((column, i) => (column.Name, _rows.All(row => row.Values[i] is null or IFormattable)))]);
        foreach (var row in _rows) table.AddRow([.. row.Values.Select((value, i) => Show(schema.Columns[i], value))]);
        if (HasTotals) table.Footer = [.. schema.Columns.Select((_, i) => Total(i, summary))];
        table.Write(TableConsole.On(output, isTerminal), isTerminal);
    }

    private string Total(int column, JobSummary summary)
    {
        if (column == 0) return Label(summary);
        return schema.Columns[column].IsTotalled ? Show(schema.Columns[column], _totals[column]) : "";
    }

    private static string Label(JobSummary summary) => summary.IsComplete ? "total" : "total so far";

    // Amounts are grouped by thousands; a number that names something is written as it was given.
    private static string Show(Column column, object? value) => value switch
    {
        double number => number.ToString("N2", CultureInfo.InvariantCulture),
        bool truth => truth ? "yes" : "no",
        IFormattable number => number.ToString(column.IsTotalled || column.Unit is not null ? "N0" : null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}

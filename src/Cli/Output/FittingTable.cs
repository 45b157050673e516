using ActorCompute.Processes;
using Spectre.Console;

namespace ActorCompute.Cli.Output;

/// <summary>
/// A table that is drawn where the window has room for its longest words, and else as a list of its rows: a name or a number that
/// is broken in the middle can be neither read nor copied.
/// </summary>
/// <param name="columns">Each column's name, and whether it has numbers.</param>
internal sealed class FittingTable(IReadOnlyList<(string Name, bool IsNumber)> columns)
{
    // Bar and blanks around each cell.
    private const int CellFrame = 3;

    private readonly List<string[]> _rows = [];

    /// <summary>The last line, which adds up; null for none.</summary>
    public string[]? Footer
    {
        get;
        set => field = value is null ? null : Shown(value);
    }

    /// <summary>A row; what a terminal would obey is shown instead.</summary>
    public void AddRow(params string[] cells) => _rows.Add(Shown(cells));

    private static string[] Shown(string[] cells) => [.. cells.Select(ShownText.Line)];

    public void Write(IAnsiConsole console, bool isTerminal)
    {
        if (columns.Index().Sum(column => Widest(column.Index, column.Item.Name, column.Item.IsNumber) + CellFrame) < console.Profile.Width) Draw(console, isTerminal);
        else List(console);
    }

    private int Widest(int column, string name, bool isNumber) =>
        _rows.Append(Footer ?? []).Where(row => row.Length > 0).Select(row => row[column]).Append(name).Max(cell => isNumber ? cell.Length : cell.Split(' ').Max(word => word.Length));

    private void Draw(IAnsiConsole console, bool isTerminal)
    {
        var table = new Table { Border = TableConsole.Border(isTerminal) };
        foreach (var (i, (name, isNumber)) in columns.Index())
        {
            var column = new TableColumn(Markup.Escape(name));
            if (isNumber) column.RightAligned().NoWrap();
            if (Footer is { } footer) column.Footer = new Text(footer[i]);
            table.AddColumn(column);
        }

        foreach (var row in _rows) table.AddRow(row.Select(cell => new Text(cell)));
        console.Write(table);
    }

    private void List(IAnsiConsole console)
    {
        var names = columns.Max(column => column.Name.Length) + 1;
        foreach (var row in Footer is { } footer ? _rows.Append(footer) : _rows)
        {
            foreach (var (i, cell) in row.Index())
            {
                // Of the totals only those that there are.
                if (cell.Length > 0 || row != Footer) console.Profile.Out.Writer.WriteLine($"{(columns[i].Name + ":").PadRight(names)} {cell}".TrimEnd());
            }

            console.Profile.Out.Writer.WriteLine();
        }
    }
}

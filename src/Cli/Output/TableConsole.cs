using System.Globalization;
using Spectre.Console;

namespace ActorCompute.Cli.Output;

/// <summary>What every drawn table has in common: colours and round corners on a terminal, plain lines of one width elsewhere.</summary>
internal static class TableConsole
{
    // Nobody reads along, so nothing is broken to fit a window.
    private const int FileWidth = 200;

    public static IAnsiConsole On(TextWriter output, bool isTerminal)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output), Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No });
        if (!isTerminal) console.Profile.Width = FileWidth;
        return console;
    }

    public static TableBorder Border(bool isTerminal) => isTerminal ? TableBorder.Rounded : TableBorder.Ascii;

    /// <summary>Columns of numbers, by their names.</summary>
    public static IEnumerable<(string Name, bool IsNumber)> Numbers(params string[] names) => names.Select(name => (name, true));

    /// <summary>A row's cells, as they are: no markup.</summary>
    public static string[] Cells(params object[] values) => [.. values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];
}

using System.Globalization;

namespace ActorCompute.Cli.Output;

/// <summary>A header line and a line a row, columns between tabs.</summary>
internal sealed class TsvAnswerWriter : IAnswerWriter
{
    private readonly TextWriter _output;
    private readonly bool _flushEachRow;

    public TsvAnswerWriter(ResultSchema schema, TextWriter output, bool flushEachRow)
    {
        (_output, _flushEachRow) = (output, flushEachRow);
        if (schema.HasHeader) output.WriteLine(string.Join('\t', schema.Columns.Select(column => column.Name)));
    }

    public bool WritesAtOnce => true;

    public void Row(ResultRow row)
    {
        for (var i = 0; i < row.Values.Count; i++)
        {
            if (i > 0) _output.Write('\t');
            _output.Write(Text(row.Values[i]));
        }

        _output.WriteLine();
        if (_flushEachRow) _output.Flush();
    }

    public void End(JobSummary summary) => _output.Flush();

    /// <summary>A value as machines read it: no group separators, a point, true and false in lower case.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        // The shortest text that is read back as the very same number.
        double or float => ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!.Replace('\t', ' ').ReplaceLineEndings(" "),
    };
}

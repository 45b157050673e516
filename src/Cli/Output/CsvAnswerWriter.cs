namespace ActorCompute.Cli.Output;

/// <summary>A header line and a line a row by RFC 4180, but for the line ends, which are line feeds: commas between, quotes where a value needs them.</summary>
internal sealed class CsvAnswerWriter : IAnswerWriter
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(",\"\r\n");

    private readonly TextWriter _output;
    private readonly bool _flushEachRow;

    public CsvAnswerWriter(ResultSchema schema, TextWriter output, bool flushEachRow)
    {
        (_output, _flushEachRow) = (output, flushEachRow);
        if (schema.HasHeader) output.WriteLine(string.Join(',', schema.Columns.Select(column => Quote(column.Name))));
    }

    public bool WritesAtOnce => true;

    public void Row(ResultRow row)
    {
        for (var i = 0; i < row.Values.Count; i++)
        {
            if (i > 0) _output.Write(',');
            // Text keeps its line breaks here; only tab-separated lines cannot hold them.
            _output.Write(row.Values[i] is string text ? Quote(text) : Quote(TsvAnswerWriter.Text(row.Values[i])));
        }

        _output.WriteLine();
        if (_flushEachRow) _output.Flush();
    }

    public void End(JobSummary summary) => _output.Flush();

    private static string Quote(string text) => text.AsSpan().ContainsAny(Special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}

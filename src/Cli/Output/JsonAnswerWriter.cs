using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ActorCompute.Cli.Output;

/// <summary>One object: <c>{"kind", "rows": […], "done", "failed", "seconds", "complete", "notes": […]}</c>. Rows go out as they come.</summary>
internal sealed class JsonAnswerWriter : IAnswerWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly ResultSchema _schema;
    private readonly TextWriter _output;

    public JsonAnswerWriter(ResultSchema schema, TextWriter output)
    {
        (_schema, _output, _json) = (schema, output, new(_buffer, new() { Indented = true }));
        _json.WriteStartObject();
        _json.WriteStartArray("rows");
    }

    public bool WritesAtOnce => true;

    public void Row(ResultRow row)
    {
        JsonRow.Write(_json, _schema, row);
        Drain();
    }

    public void End(JobSummary summary)
    {
        _json.WriteEndArray();
        _json.WriteString("kind", summary.Kind);
        _json.WriteNumber("done", summary.Done);
        _json.WriteNumber("failed", summary.Failed);
        _json.WriteNumber("seconds", Math.Round(summary.Elapsed.TotalSeconds, 6));
        _json.WriteBoolean("complete", summary.IsComplete);
        _json.WriteStartArray("notes");
        foreach (var note in summary.Notes) _json.WriteStringValue(note);
        _json.WriteEndArray();
        _json.WriteEndObject();
        Drain();
        _json.Dispose();
        _output.WriteLine();
        _output.Flush();
    }

    private void Drain()
    {
        _json.Flush();
        _output.Write(Encoding.UTF8.GetString(_buffer.WrittenSpan));
        _buffer.ResetWrittenCount();
    }
}

using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ActorCompute.Cli.Output;

/// <summary>An object a line, each as soon as its row is complete.</summary>
internal sealed class JsonLinesAnswerWriter(ResultSchema schema, TextWriter output) : IAnswerWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public bool WritesAtOnce => true;

    public void Row(ResultRow row)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer)) JsonRow.Write(json, schema, row);
        output.WriteLine(Encoding.UTF8.GetString(_buffer.WrittenSpan));
        output.Flush();
    }

    public void End(JobSummary summary) => output.Flush();
}

using System.Text.Json;

namespace ActorCompute.Cli.Output;

/// <summary>A row as a JSON object: its columns, and where it was computed.</summary>
internal static class JsonRow
{
    public static void Write(Utf8JsonWriter json, ResultSchema schema, ResultRow row)
    {
        json.WriteStartObject();
        for (var i = 0; i < schema.Columns.Count; i++)
        {
            json.WritePropertyName(schema.Columns[i].Name);
            Value(json, row.Values[i]);
        }

        if (row.Run is { } run)
        {
            if (!Has(schema, "seconds")) json.WriteNumber("seconds", Math.Round(run.Elapsed.TotalSeconds, 6));
            if (!Has(schema, "worker")) json.WriteString("worker", run.Worker);
            json.WriteNumber("pid", run.ProcessId);
            json.WriteString("host", run.Host);
            json.WriteNumber("attempt", run.Attempt);
        }

        json.WriteEndObject();
    }

    private static bool Has(ResultSchema schema, string name) => schema.Columns.Any(column => column.Name == name);

    private static void Value(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            // As it is: blanks for tabs and ends of lines are for tab-separated lines alone.
            case string text: json.WriteStringValue(text); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case ulong number: json.WriteNumberValue(number); break;
            case byte or sbyte or short or ushort or uint: json.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)); break;
            case decimal number: json.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            default: json.WriteStringValue(TsvAnswerWriter.Text(value)); break;
        }
    }
}

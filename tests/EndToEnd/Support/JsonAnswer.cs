using System.Text.Json;

namespace ActorCompute.EndToEnd;

/// <summary>An answer in json.</summary>
internal sealed record JsonAnswer(JsonElement Root, IReadOnlyList<JsonElement> Rows)
{
    public static JsonAnswer Parse(ProgramResult result)
    {
        var root = ParseText(string.Join('\n', result.Output));
        return new(root, [.. root.GetProperty("rows").EnumerateArray()]);
    }

    public static JsonElement ParseText(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

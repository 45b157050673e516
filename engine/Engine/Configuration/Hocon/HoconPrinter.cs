using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Writes a resolved document as HOCON that parses back to the same values.</summary>
internal static class HoconPrinter
{
    public static string Print(HoconObject root)
    {
        var text = new StringBuilder();
        Fields(root, text, 0);
        return text.ToString();
    }

    private static void Fields(HoconObject value, StringBuilder text, int depth)
    {
        foreach (var (key, field) in value.Fields)
        {
            text.Append(' ', depth * 2).Append(IsPlain(key) ? key : Quote(key)).Append(" : ");
            Node(field, text, depth);
            text.Append('\n');
        }
    }

    private static void Node(HoconNode node, StringBuilder text, int depth)
    {
        switch (node)
        {
            case HoconObject value:
                text.Append("{\n");
                Fields(value, text, depth + 1);
                text.Append(' ', depth * 2).Append('}');
                break;
            case HoconArray array:
                text.Append('[');
                for (var i = 0; i < array.Items.Count; i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    Node(array.Items[i], text, depth);
                }
                text.Append(']');
                break;
            case HoconScalar scalar:
                text.Append(scalar.Text is null ? "null"
                    : scalar.Quoted || !IsPlain(scalar.Text) || scalar.Text == "null" ? Quote(scalar.Text) : scalar.Text);
                break;
        }
    }

    private static bool IsPlain(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && text is not ("include" or "null");

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }
        return quoted.Append('"').ToString();
    }
}

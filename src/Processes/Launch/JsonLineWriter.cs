using System.Globalization;
using System.Text;

namespace ActorCompute.Processes;

/// <summary>Writes an object as JSON on one line of ASCII: whatever a text holds, the line has no other end.</summary>
internal sealed class JsonLineWriter
{
    private readonly StringBuilder _line = new("{");

    /// <summary>A text; null is not written.</summary>
    public void Member(string name, string? value)
    {
        if (value is null) return;
        Name(name);
        Text(value);
    }

    /// <summary>A number; null is not written.</summary>
    public void Member(string name, long? value)
    {
        if (value is not { } number) return;
        Name(name);
        _line.Append(number.ToString(CultureInfo.InvariantCulture));
    }

    public void Member(string name, bool value)
    {
        Name(name);
        _line.Append(value ? "true" : "false");
    }

    public void Member(string name, IEnumerable<string> values)
    {
        Name(name);
        _line.Append('[');
        foreach (var value in values)
        {
            Comma();
            Text(value);
        }

        _line.Append(']');
    }

    /// <summary>An object, whose members are written by the callback.</summary>
    public void Member(string name, Action members)
    {
        Name(name);
        _line.Append('{');
        members();
        _line.Append('}');
    }

    /// <summary>The line, with no member to follow.</summary>
    public string End() => _line.Append('}').ToString();

    private void Name(string name)
    {
        Comma();
        Text(name);
        _line.Append(':');
    }

    private void Comma()
    {
        if (_line[^1] is not ('{' or '[')) _line.Append(',');
    }

    private void Text(string value)
    {
        _line.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\') _line.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~') _line.Append(c);
            else _line.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        _line.Append('"');
    }
}

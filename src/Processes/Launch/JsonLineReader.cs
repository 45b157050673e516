using System.Globalization;
using System.Text;

namespace ActorCompute.Processes;

/// <summary>
/// Reads JSON whose reader knows what comes: objects and lists of texts, whole numbers and flags. What the framework has for this
/// compiles vector code first, once in each child, while a cluster waits for all of them.
/// </summary>
/// <param name="json">The whole text.</param>
internal sealed class JsonLineReader(string json)
{
    private int _at;

    /// <summary>Reads an object; the callback reads the value of each member.</summary>
    /// <exception cref="FormatException">There is no object, or it is broken.</exception>
    public void Object(Action<string> onMember)
    {
        Take('{');
        if (TryTake('}')) return;
        do
        {
            var name = Text();
            Take(':');
            onMember(name);
        }
        while (TryTake(','));
        Take('}');
    }

    /// <exception cref="FormatException">There is no list of texts, or it is broken.</exception>
    public List<string> Texts()
    {
        var texts = new List<string>();
        Take('[');
        if (TryTake(']')) return texts;
        do texts.Add(Text());
        while (TryTake(','));
        Take(']');
        return texts;
    }

    /// <exception cref="FormatException">There is no text, or it is broken.</exception>
    public string Text()
    {
        var text = new StringBuilder();
        Take('"');
        while (true)
        {
            var c = Next();
            if (c == '"') return text.ToString();
            if (c < ' ') throw Missing("\"");
            text.Append(c == '\\' ? Escaped() : c);
        }
    }

    /// <exception cref="FormatException">There is no whole number, or none that a <see cref="long"/> holds.</exception>
    public long Number()
    {
        SkipBlanks();
        var start = _at;
        while (_at < json.Length && (char.IsAsciiDigit(json[_at]) || json[_at] == '-')) _at++;
        return long.TryParse(json.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Missing("a whole number");
    }

    /// <exception cref="FormatException">There is neither true nor false.</exception>
    public bool Flag()
    {
        SkipBlanks();
        foreach (var (word, value) in new[] { ("true", true), ("false", false) })
        {
            if (!json.AsSpan(_at).StartsWith(word)) continue;
            _at += word.Length;
            return value;
        }

        throw Missing("true or false");
    }

    /// <exception cref="FormatException">There is more.</exception>
    public void End()
    {
        SkipBlanks();
        if (_at < json.Length) throw Missing("the end");
    }

    private char Escaped()
    {
        const int digits = 4;
        switch (Next())
        {
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'u' when json.Length - _at >= digits && ushort.TryParse(json.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += digits;
                return (char)code;
            case var c and ('"' or '\\' or '/'): return c;
            default: throw Missing("an escaped character");
        }
    }

    private void Take(char wanted)
    {
        if (!TryTake(wanted)) throw Missing(wanted.ToString());
    }

    private bool TryTake(char wanted)
    {
        SkipBlanks();
        if (_at >= json.Length || json[_at] != wanted) return false;
        _at++;
        return true;
    }

    private char Next() => _at < json.Length ? json[_at++] : throw Missing("\"");

    private void SkipBlanks()
    {
        while (_at < json.Length && json[_at] is ' ' or '\t' or '\r' or '\n') _at++;
    }

    // Not what stands there: it may be a secret.
    private FormatException Missing(string what) => new($"{what} is missing at character {_at + 1} of its JSON.");
}

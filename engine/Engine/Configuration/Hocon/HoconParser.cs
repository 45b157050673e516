using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>
/// Reads the subset of HOCON that configurations here use: objects, dotted and quoted keys, <c>=</c> <c>:</c> <c>{</c>,
/// arrays, strings (unquoted, quoted, triple-quoted), comments, substitutions within the document, merging.
/// <c>include</c> and <c>+=</c> are refused.
/// </summary>
/// <remarks>Recursive descent over the text; <see cref="HoconResolver"/> then replaces the substitutions.</remarks>
internal sealed class HoconParser
{
    // Deeper nesting than this is a mistake or an attack; it bounds the recursion of everything that walks the tree.
    private const int MaxDepth = 64;

    private readonly string _text;
    private int _position;
    private int _line = 1;
    private int _depth;

    private HoconParser(string text) => _text = text;

    public static HoconObject Parse(string text)
    {
        var parser = new HoconParser(text ?? "");
        parser.SkipBlank(newlines: true);
        HoconObject root;
        if (parser.Peek() == '{')
        {
            root = parser.ParseObject();
            parser.SkipBlank(newlines: true);
            if (!parser.AtEnd)
                throw parser.Error("text after the closing brace of the document");
        }
        else
        {
            root = parser.ParseFields(closing: '\0');
        }
        return HoconResolver.Resolve(root);
    }

    private bool AtEnd => _position >= _text.Length;

    private char Peek(int ahead = 0) => _position + ahead < _text.Length ? _text[_position + ahead] : '\0';

    private char Next()
    {
        var c = _text[_position++];
        if (c == '\n')
            _line++;
        return c;
    }

    private bool Accept(string token)
    {
        if (string.CompareOrdinal(_text, _position, token, 0, token.Length) != 0)
            return false;
        _position += token.Length;
        return true;
    }

    private ConfigurationException Error(string problem, int line = 0) =>
        new($"HOCON, line {(line == 0 ? _line : line)}: {problem}.");

    /// <summary>Skips spaces and comments, and line ends too when asked. True if it crossed a line end.</summary>
    private bool SkipBlank(bool newlines)
    {
        var crossed = false;
        while (!AtEnd)
        {
            var c = Peek();
            if (c == '#' || (c == '/' && Peek(1) == '/'))
            {
                while (!AtEnd && Peek() != '\n')
                    _position++;
            }
            else if (c == '\n' && !newlines)
            {
                return crossed;
            }
            else if (char.IsWhiteSpace(c) || c == '\uFEFF')
            {
                crossed |= c == '\n';
                Next();
            }
            else
            {
                return crossed;
            }
        }
        return crossed;
    }

    private HoconObject ParseObject()
    {
        Enter();
        Next();
        var result = ParseFields(closing: '}');
        _depth--;
        return result;
    }

    private HoconObject ParseFields(char closing)
    {
        var start = _line;
        var result = new HoconObject { Line = start };
        while (true)
        {
            SkipBlank(newlines: true);
            if (AtEnd)
                return closing == '\0' ? result : throw Error("this '{' is never closed", start);
            if (Peek() == closing)
            {
                Next();
                return result;
            }
            ParseField(result);
            var newline = SkipBlank(newlines: true);
            if (Peek() == ',')
                Next();
            else if (!newline && !AtEnd && Peek() != closing)
                throw Error($"expected a line end, a comma or a closing brace, found '{Peek()}'");
        }
    }

    private void ParseField(HoconObject target)
    {
        var line = _line;
        var keys = ParseKey();
        SkipBlank(newlines: false);
        HoconNode value;
        if (Peek() == '{')
        {
            value = ParseValue();
        }
        else if (Peek() is '=' or ':')
        {
            Next();
            SkipBlank(newlines: true);
            value = ParseValue();
        }
        else if (Peek() == '+' && Peek(1) == '=')
        {
            throw Error("'+=' is not supported; write the whole array");
        }
        else
        {
            throw Error($"the key '{string.Join('.', keys)}' has no value; expected '=', ':' or '{{'", line);
        }
        // a.b.c = x means a { b { c = x } }.
        for (var i = keys.Count - 1; i > 0; i--)
        {
            var outer = new HoconObject { Line = line };
            outer.Fields[keys[i]] = value;
            value = outer;
        }
        HoconExpression.Define(target, keys[0], value);
    }

    private List<string> ParseKey()
    {
        var keys = new List<string>();
        while (true)
        {
            SkipBlank(newlines: false);
            if (Peek() == '"')
            {
                keys.Add(ParseQuoted());
            }
            else
            {
                var start = _position;
                while (!AtEnd && !IsReserved(Peek()) && Peek() is not ('.' or '\n'))
                    _position++;
                var key = _text[start.._position].Trim();
                if (key.Length == 0)
                    throw Error(AtEnd ? "expected a key, found the end" : $"expected a key, found '{Peek()}'");
                if (keys.Count == 0 && (key == "include" || key.StartsWith("include ", StringComparison.Ordinal)))
                    throw Error("'include' is not supported; merge documents with WithFallback");
                keys.Add(key);
            }
            SkipBlank(newlines: false);
            if (Peek() != '.')
                break;
            Next();
        }
        if (keys is ["include"] && Peek() == '"')
            throw Error("'include' is not supported; merge documents with WithFallback");
        if (keys.Count > MaxDepth)
            throw Error($"the key has more than {MaxDepth} parts");
        return keys;
    }

    /// <summary>A value goes on to the end of its line: parts side by side concatenate (strings) or merge (objects, arrays).</summary>
    private HoconNode ParseValue()
    {
        var line = _line;
        var parts = new List<HoconNode>();
        while (true)
        {
            var blank = _position;
            SkipBlank(newlines: false);
            if (AtEnd || Peek() is '\n' or ',' or '}' or ']')
                break;
            // Space between two parts of a string belongs to it.
            if (parts.Count > 0 && _position > blank && parts[^1] is not (HoconObject or HoconArray))
                parts.Add(new HoconScalar(_text[blank.._position]) { Line = _line });
            parts.Add(ParsePart());
        }
        return parts.Count switch
        {
            0 => throw Error("a value is missing", line),
            1 => parts[0],
            _ => new HoconExpression(parts) { Line = line },
        };
    }

    private HoconNode ParsePart()
    {
        var line = _line;
        switch (Peek())
        {
            case '{':
                return ParseObject();
            case '[':
                return ParseArray();
            case '"':
                var text = Peek(1) == '"' && Peek(2) == '"' ? ParseTripleQuoted() : ParseQuoted();
                return new HoconScalar(text, quoted: true) { Line = line };
            case '$' when Peek(1) == '{':
                return ParseSubstitution();
        }
        var start = _position;
        while (!AtEnd && !IsReserved(Peek()) && !char.IsWhiteSpace(Peek()) && !(Peek() == '/' && Peek(1) == '/'))
            _position++;
        if (_position == start)
            throw Error($"'{Peek()}' cannot stand in an unquoted string; quote it");
        var scalar = _text[start.._position];
        return new HoconScalar(scalar == "null" ? null : scalar) { Line = line };
    }

    private HoconArray ParseArray()
    {
        Enter();
        var start = _line;
        Next();
        var items = new List<HoconNode>();
        while (true)
        {
            SkipBlank(newlines: true);
            if (AtEnd)
                throw Error("this '[' is never closed", start);
            if (Peek() == ']')
            {
                Next();
                _depth--;
                return new HoconArray(items) { Line = start };
            }
            items.Add(ParseValue());
            var newline = SkipBlank(newlines: true);
            if (Peek() == ',')
                Next();
            else if (!newline && !AtEnd && Peek() != ']')
                throw Error($"expected a comma or ']', found '{Peek()}'");
        }
    }

    private HoconSubstitution ParseSubstitution()
    {
        var line = _line;
        _position += 2;
        var optional = Accept("?");
        var end = _text.IndexOf('}', _position);
        var lineEnd = _text.IndexOf('\n', _position);
        if (end < 0 || (lineEnd >= 0 && lineEnd < end))
            throw Error("this '${' is never closed");
        var path = _text[_position..end].Trim();
        _position = end + 1;
        if (path.Length == 0)
            throw Error("'${}' names no path");
        return new HoconSubstitution(path, optional) { Line = line };
    }

    private string ParseTripleQuoted()
    {
        var start = _line;
        _position += 3;
        var end = _text.IndexOf("\"\"\"", _position, StringComparison.Ordinal);
        if (end < 0)
            throw Error("this string lacks its closing \"\"\"", start);
        // "a"""" : the last three quotes close, those before belong to the text.
        while (end + 3 < _text.Length && _text[end + 3] == '"')
            end++;
        var text = _text[_position..end];
        _line += text.Count(c => c == '\n');
        _position = end + 3;
        return text;
    }

    private string ParseQuoted()
    {
        Next();
        var text = new StringBuilder();
        while (true)
        {
            if (AtEnd || Peek() == '\n')
                throw Error("this string lacks its closing quote");
            var c = Next();
            if (c == '"')
                return text.ToString();
            text.Append(c == '\\' ? ParseEscape() : c);
        }
    }

    private char ParseEscape()
    {
        if (AtEnd)
            throw Error("this string lacks its closing quote");
        var c = Next();
        switch (c)
        {
            case '"' or '\\' or '/': return c;
            case 'n': return '\n';
            case 't': return '\t';
            case 'r': return '\r';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'u' when _position + 4 <= _text.Length && ushort.TryParse(
                _text.AsSpan(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _position += 4;
                return (char)code;
            default:
                throw Error($"'\\{c}' is no escape; one of \\\" \\\\ \\/ \\n \\t \\r \\b \\f \\uXXXX");
        }
    }

    private void Enter()
    {
        if (++_depth > MaxDepth)
            throw Error($"nested deeper than {MaxDepth} levels");
    }

    private static bool IsReserved(char c) => c is '{' or '}' or '[' or ']' or ',' or '=' or ':' or '"' or '#' or '$' or '+' or '\n';
}

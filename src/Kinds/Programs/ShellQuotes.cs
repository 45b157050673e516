namespace ActorCompute.Kinds.Programs;

/// <summary>Follows a shell command letter by letter, and knows whether it is between quotation marks.</summary>
/// <param name="isWindows">By the rules of cmd: double quotes, escapes with ^.</param>
internal sealed class ShellQuotes(bool isWindows)
{
    private const char Plain = ' ';

    // From outside in: each " or ', and Plain for what stands in $( ), which has quotes of its own.
    private readonly Stack<char> _open = new([Plain]);
    private bool _isComment;
    private bool _isInWord;

    /// <summary>The next letter is between quotation marks, or in a comment.</summary>
    public bool AreOpen => _open.Peek() != Plain || _isComment;

    /// <summary>The next letter stands for itself.</summary>
    public bool IsEscaped { get; private set; }

    /// <summary>A word that needs no look goes by.</summary>
    public void PassWord() => _isInWord = true;

    /// <summary>The letter at an index goes by.</summary>
    public void Pass(string text, int index)
    {
        var letter = text[index];
        if (IsEscaped)
        {
            IsEscaped = false;
            _isInWord = true;
        }
        else if (isWindows) PassWindows(letter);
        else PassUnix(letter, index > 0 ? text[index - 1] : ' ');
    }

    private void PassWindows(char letter)
    {
        if (letter == '"') Turn('"');
        else IsEscaped = letter == '^' && !AreOpen;
    }

    private void PassUnix(char letter, char before)
    {
        if (_isComment)
        {
            _isComment = letter != '\n';
            return;
        }

        switch (_open.Peek(), letter)
        {
            case (Plain, '#') when !_isInWord:
                _isComment = true;
                return;
            case (Plain or '"', '\\'):
                IsEscaped = true;
                break;
            case (Plain, '\'' or '"') or ('\'', '\'') or ('"', '"'):
                Turn(letter);
                break;
            case ('"', '(') when before == '$':
            case (Plain, '('):
                _open.Push(Plain);
                break;
            case (Plain, ')') when _open.Count > 1:
                _open.Pop();
                break;
        }

        _isInWord = !(char.IsWhiteSpace(letter) || letter is ';' or '&' or '|' or '(' or ')');
    }

    private void Turn(char mark)
    {
        if (_open.Peek() == mark) _open.Pop();
        else _open.Push(mark);
    }
}

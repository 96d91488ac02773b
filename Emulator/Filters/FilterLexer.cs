using System.Text;

namespace Emulator.Filters;

/// <summary>Cuts a filter into tokens, one ahead of the parser.</summary>
internal sealed class FilterLexer
{
    private readonly string _text;
    private int _position;
    private int _previousEnd;

    public FilterLexer(string text)
    {
        _text = text;
        Current = Read();
    }

    public FilterToken Current { get; private set; }

    /// <summary>Where the current token starts.</summary>
    public int Start { get; private set; }

    /// <summary>The filter's text from a token's start to the end of the token that was taken last.</summary>
    public string TextFrom(int start) => _text[start.._previousEnd];

    /// <summary>An error at the current token. The position is where that token ends, as OData's own messages count.</summary>
    public FilterException SyntaxError() => new($"Syntax error at position {_position} in '{_text}'.");

    public FilterToken Take()
    {
        var token = Current;
        _previousEnd = _position;
        Current = Read();
        return token;
    }

    /// <summary>Takes the current token if it is this keyword.</summary>
    public bool TryTake(string keyword)
    {
        var found = Current.Kind == FilterTokenKind.Identifier && Current.Text.Equals(keyword, StringComparison.Ordinal);
        if (found)
        {
            Take();
        }

        return found;
    }

    public bool TryTake(FilterTokenKind kind)
    {
        var found = Current.Kind == kind;
        if (found)
        {
            Take();
        }

        return found;
    }

    public void Expect(FilterTokenKind kind)
    {
        if (!TryTake(kind))
        {
            throw SyntaxError();
        }
    }

    private FilterToken Read()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }

        Start = _position;
        if (_position == _text.Length)
        {
            return new(FilterTokenKind.End, "");
        }

        var first = _text[_position];
        return first switch
        {
            '(' => Single(FilterTokenKind.OpenParenthesis),
            ')' => Single(FilterTokenKind.CloseParenthesis),
            ',' => Single(FilterTokenKind.Comma),
            '\'' => ReadString(),
            '-' or '+' => ReadInteger(),
            _ when char.IsAsciiDigit(first) => ReadInteger(),
            _ when char.IsAsciiLetter(first) || first == '_' => ReadIdentifier(),
            _ => throw Unexpected(),
        };
    }

    private FilterToken Single(FilterTokenKind kind) => new(kind, _text[_position++].ToString());

    private FilterToken ReadString()
    {
        var value = new StringBuilder();
        for (_position++; _position < _text.Length; _position++)
        {
            if (_text[_position] != '\'')
            {
                value.Append(_text[_position]);
            }
            else if (_position + 1 < _text.Length && _text[_position + 1] == '\'')
            {
                value.Append(_text[_position++]);
            }
            else
            {
                _position++;
                return new(FilterTokenKind.String, value.ToString());
            }
        }

        throw new FilterException($"There is an unterminated string literal at position {_position} in '{_text}'.");
    }

    private FilterToken ReadInteger()
    {
        var start = _position++;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
        {
            _position++;
        }

        var digits = _text[start.._position];
        var runsOn = _position < _text.Length && (char.IsAsciiLetter(_text[_position]) || _text[_position] is '.' or '_');
        return !runsOn && long.TryParse(digits, out _) ? new(FilterTokenKind.Integer, digits) : throw Unexpected();
    }

    private FilterToken ReadIdentifier()
    {
        var start = _position;
        while (_position < _text.Length && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] == '_'))
        {
            _position++;
        }

        return new(FilterTokenKind.Identifier, _text[start.._position]);
    }

    private FilterException Unexpected() => new($"Syntax error at position {Math.Min(_position + 1, _text.Length)} in '{_text}'.");
}

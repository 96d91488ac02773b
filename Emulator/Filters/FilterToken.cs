namespace Emulator.Filters;

/// <summary>Kinds of tokens of the filter language.</summary>
internal enum FilterTokenKind
{
    End,
    Identifier,
    String,
    Integer,
    OpenParenthesis,
    CloseParenthesis,
    Comma,
}

/// <param name="Text">An identifier's name, a string's value without quotes, an integer's digits.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text);

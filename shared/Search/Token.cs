using Crm.Ports;

namespace Crm.Search;

/// <summary>What a word is; the letter stands in document keys.</summary>
public enum TokenKind
{
    Word = 'w',

    /// <summary>One or two neighbouring characters of a script without spaces.</summary>
    Gram = 'g',

    /// <summary>A whole e-mail address.</summary>
    Address = 'm',

    /// <summary>The domain of an address, or one that it lies in.</summary>
    Domain = 'd',

    /// <summary>The digits of a phone number.</summary>
    Phone = 't',

    /// <summary>The same digits from the last to the first, so that last digits are a beginning.</summary>
    PhoneReversed = 'r',
}

/// <summary>Something that an entry is found by.</summary>
public readonly record struct Token(TokenKind Kind, string Word);

/// <summary>A token and the first field that holds it.</summary>
public readonly record struct Placed(SearchField Field, Token Token)
{
    /// <summary>As a search row keeps it: field, kind, word.</summary>
    public string Text => $"{(int)Field}{(char)Token.Kind}{Token.Word}";

    public static Placed Parse(string text) => new((SearchField)(text[0] - '0'), new Token((TokenKind)text[1], text[2..]));
}

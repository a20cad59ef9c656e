using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Crm.Analysis;

/// <summary>The words of a text as the language profiles know them: letters alone, each word between spaces.</summary>
internal ref struct LanguageLetters
{
    /// <summary>More text decides nothing better.</summary>
    private const int MostLetters = 1_000;

    /// <summary>Room for a space after each letter and one before the first.</summary>
    public const int Room = (2 * MostLetters) + 2;

    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n\v\f\u0085\u00a0\u2028\u2029\u3000");

    private readonly Span<char> _buffer;
    private int _length;
    private ScriptCounts _scripts;

    private LanguageLetters(Span<char> buffer) => _buffer = buffer;

    public readonly ReadOnlySpan<char> Letters => _buffer[.._length];

    public readonly ScriptCounts Scripts => _scripts;

    /// <summary>Different letters, at most; a laugh or a key held down has few.</summary>
    public readonly int Variety
    {
        get
        {
            var seen = 0ul;
            foreach (var c in Letters) seen |= 1ul << (c & 63);
            return BitOperations.PopCount(seen);
        }
    }

    /// <summary>Leaves out links, addresses, digits and signs.</summary>
    /// <param name="buffer">Of <see cref="Room"/> characters.</param>
    public static LanguageLetters Of(ReadOnlySpan<char> text, Span<char> buffer)
    {
        var letters = new LanguageLetters(buffer);
        letters.Break();
        while (!text.IsEmpty && letters._scripts.All < MostLetters)
        {
            var end = text.IndexOfAny(Blanks);
            letters.Add(end < 0 ? text : text[..end]);
            text = end < 0 ? default : text[(end + 1)..];
        }
        letters.Break();
        letters.Compose();
        ProfileSpelling.Apply(buffer[..letters._length], letters._scripts.IsMostlyLatin);
        return letters;
    }

    private void Add(ReadOnlySpan<char> word)
    {
        // Chinese and Japanese put no space around a link.
        var link = word.Contains('@') || word.Contains("://", StringComparison.Ordinal) || word.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
        foreach (var c in word)
        {
            if (!IsLetter(c) || (link && !ScriptCounts.IsEastAsian(c))) Break();
            else if (!IsStretched(c)) Append(c);
            if (_scripts.All >= MostLetters) return;
        }
        Break();
    }

    private void Append(char c)
    {
        _scripts.Add(c);
        _buffer[_length++] = c;
    }

    private void Break()
    {
        if (_length == 0 || _buffer[_length - 1] != ' ') _buffer[_length++] = ' ';
    }

    /// <summary>"Sooooo" says no more than "soo".</summary>
    private readonly bool IsStretched(char c) => _length > 1 && _buffer[_length - 1] == c && _buffer[_length - 2] == c;

    /// <summary>Vietnamese and others may come as letters and marks, the profiles know whole letters. No surrogate is left that could fail here.</summary>
    private void Compose()
    {
        if (!Letters.ContainsAnyExceptInRange('\0', '\u02ff') || Letters.IsNormalized(NormalizationForm.FormC)) return;
        Span<char> composed = stackalloc char[Room];
        if (!Letters.TryNormalize(composed, out var length, NormalizationForm.FormC)) return;
        composed[..length].CopyTo(_buffer);
        _length = length;
    }

    /// <summary>Marks belong to the letters of Indic scripts, Thai and Arabic.</summary>
    private static bool IsLetter(char c) =>
        char.IsLetter(c) || (c >= '\u0300' && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}

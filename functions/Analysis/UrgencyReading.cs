using System.Text.RegularExpressions;
using Crm.Model;

namespace Crm.Analysis;

/// <summary>How urgent a message is, by what it says: signals in English and Chinese, each with a weight. The sum decides.</summary>
public static partial class UrgencyReading
{
    private const double High = .6;
    private const double Raised = .3;

    /// <summary>Compound below which a text is bitter.</summary>
    private const double Bitter = -.6;

    private static readonly (string Signal, double Weight, Regex Words)[] Signals =
    [
        ("asks-for-haste", .6, Haste()),
        ("names-a-deadline", .3, Deadline()),
        ("cannot-work", .6, Outage()),
        ("danger-or-fraud", .6, Danger()),
        ("waits-repeatedly", .4, Repeated()),
        ("threatens", .4, Threat()),
    ];

    /// <param name="sentiment">-1 to 1; null where it is not known.</param>
    public static Urgency Of(string text, double? sentiment)
    {
        var calm = NoHaste().Replace(text, " ");
        var found = Signals.Where(s => s.Words.IsMatch(calm)).Select(s => (s.Signal, s.Weight)).ToList();
        if (Shouting().IsMatch(calm)) found.Add(("shouts", .2));
        if (sentiment < Bitter) found.Add(("bitter", .2));
        var sum = Math.Min(1, found.Sum(f => f.Weight));
        return new(sum >= High ? UrgencyLevel.High : sum >= Raised ? UrgencyLevel.Raised : UrgencyLevel.Normal, Math.Round(sum, 2), [.. found.Select(f => f.Signal)]);
    }

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(?:not|isn't|no) (?:at all |that |very )?(?:urgent|hurry|rush)\b|不(?:着|用|太)?急|不紧急|不急", Plain, 1000)]
    private static partial Regex NoHaste();

    [GeneratedRegex(@"\b(?:urgent(?:ly)?|asap|as soon as possible|immediately|right (?:now|away)|at once|emergency|hurry)\b|紧急|尽快|马上|立刻|立即|加急|赶紧|急需|十万火急", Plain, 1000)]
    private static partial Regex Haste();

    [GeneratedRegex(@"\b(?:by|before|until) (?:today|tonight|tomorrow|noon|monday|tuesday|wednesday|thursday|friday|the weekend|end of day|eod)\b|\bdeadline\b|(?:今天|今晚|明天|周[一二三四五六日])(?:之)?前|截止", Plain, 1000)]
    private static partial Regex Deadline();

    [GeneratedRegex(@"\b(?:cannot|can't|unable to) (?:work|operate|sell|open the shop)\b|\b(?:everything|system|site|server|production|service) (?:is|are) down\b|\boutage\b|瘫痪|宕机|无法营业|不能工作|没法工作|全部停", Plain, 1000)]
    private static partial Regex Outage();

    [GeneratedRegex(@"\b(?:hacked|fraud|stolen|not authori[sz]ed|did not authori[sz]e|fire|smoke|smells? of gas|injur(?:ed|y)|electric shock)\b|盗刷|被盗|诈骗|冒烟|起火|着火|受伤|触电|漏电", Plain, 1000)]
    private static partial Regex Danger();

    [GeneratedRegex(@"\b(?:(?:second|third|fourth|fifth) (?:time|message|mail|email)|still (?:waiting|no (?:answer|reply|response))|(?:two|three|four|five|several|many) times|again and again)\b|第[二三四五]次|[三四五六]次了|还在等|一直没有?(?:人)?(?:回|答)", Plain, 1000)]
    private static partial Regex Repeated();

    [GeneratedRegex(@"\b(?:lawyer|attorney|legal action|sue|court|consumer protection|ombudsman|bad review|cancel(?:ling)? (?:my|our) contract)\b|律师|起诉|法院|12315|消费者协会|曝光|差评", Plain, 1000)]
    private static partial Regex Threat();

    [GeneratedRegex(@"[!！]{2,}|\b[A-Z]{4,}\b(?:\W+[A-Z]{2,}\b){2,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shouting();
}

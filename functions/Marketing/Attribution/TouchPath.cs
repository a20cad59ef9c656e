namespace Crm.Marketing.Attribution;

/// <summary>Equal journeys, counted: the touches in their order and how they ended.</summary>
/// <param name="Touches">At least one.</param>
/// <param name="Conversions">Journeys that ended in one.</param>
/// <param name="Value">What the conversions brought, in sum.</param>
/// <param name="Nulls">Journeys that ended in none.</param>
public sealed record TouchPath(IReadOnlyList<Touch> Touches, long Conversions, double Value, long Nulls);

/// <param name="Channel">The campaign or channel that is credited.</param>
/// <param name="DaysBefore">Days before the end of the journey; only <see cref="AttributionModel.TimeDecay"/> asks for it.</param>
public sealed record Touch(string Channel, double DaysBefore = 0);

/// <summary>How credit for a conversion is shared among the touches before it.</summary>
public enum AttributionModel
{
    First,
    Last,
    Linear,

    /// <summary>40 % each to the first and the last, the rest to those between; halves for two.</summary>
    PositionBased,

    /// <summary>Half the weight for every <see cref="Credits.HalfLifeDays"/> before the conversion.</summary>
    TimeDecay,

    /// <summary>By what the chance of conversion loses without a channel, in a first-order chain.</summary>
    Markov,

    /// <summary>By the mean of what a channel adds to every set of others.</summary>
    Shapley,
}

/// <summary>What one channel is credited with; over all channels these sum to what there was.</summary>
public sealed record Credit(string Channel, double Conversions, double Value);

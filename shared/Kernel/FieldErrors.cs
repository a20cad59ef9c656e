using System.Text.Json;
using FluentValidation;

namespace Crm.Kernel;

/// <summary>A validator's findings as field errors with JSON Pointers.</summary>
public static class FieldErrors
{
    /// <summary>Null when the value is valid.</summary>
    public static Problem? Check<T>(this AbstractValidator<T> rules, T value)
    {
        var result = rules.Validate(value);
        return result.IsValid
            ? null
            : Problems.Invalid([.. result.Errors.Select(e => FieldError.At(PointerTo(e.PropertyName), e.ErrorMessage))]);
    }

    private static string PointerTo(string property) =>
        JsonPointer.FromPath("$." + string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName)));
}

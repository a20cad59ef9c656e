using System.Text.Json.Serialization;
using Crm.Kernel;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Analysis.Value;

/// <summary>RFM, chance of being alive, expected purchases and value for a table of purchases that is sent in. Nothing is stored.</summary>
public sealed class CalculateCustomerValue
{
    [Function("CalculateCustomerValue")]
    [OpenApiOperation("calculateCustomerValue", "calculations")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/calculations/customer-value")] HttpRequest request,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, ValueJson.Crm.PurchaseTable, token);
        return read.Match(table =>
        {
            if (new Rules().Check(table) is { } fault) return Answer.Problem(fault);
            var purchases = table.Purchases!.Select(p => new Purchase(p.Customer!, p.Day!.Value, p.Value)).ToList();
            var asOf = table.AsOf ?? purchases.Max(p => p.Day);
            return CustomerValues.Of(purchases, asOf, table.HorizonWeeks, table.DiscountPerYear, table.Confidence) is { } answer
                ? Answer.Json(answer, ValueJson.Crm.CustomerValueAnswer)
                : Answer.Problem(Problems.Invalid(FieldError.At("/purchases", "expected more customers with purchases on two days by asOf: from these no model can be told")));
        }, Answer.Problem);
    }

    private sealed class Rules : AbstractValidator<PurchaseTable>
    {
        public Rules()
        {
            RuleFor(t => t.Purchases).Must(p => p is { Count: >= 1 }).WithMessage("expected at least one purchase");
            RuleForEach(t => t.Purchases).ChildRules(purchase =>
            {
                purchase.RuleFor(p => p.Customer).NotEmpty().MaximumLength(200);
                purchase.RuleFor(p => p.Day).NotNull().WithMessage("expected a date such as 2026-11-23");
                purchase.RuleFor(p => p.Value).InclusiveBetween(0, 1e12);
            });
            RuleFor(t => t.HorizonWeeks).InclusiveBetween(1, 520);
            RuleFor(t => t.DiscountPerYear).InclusiveBetween(0, 10);
            RuleFor(t => t.Confidence).InclusiveBetween(.5, .99);
        }
    }
}

/// <param name="AsOf">The end of the observation; the last purchase's day by default.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PurchaseTable(
    IReadOnlyList<GivenPurchase>? Purchases = null, DateOnly? AsOf = null, int HorizonWeeks = 52, double DiscountPerYear = 0, double Confidence = .8);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GivenPurchase(string? Customer = null, DateOnly? Day = null, double Value = 0);

[JsonSerializable(typeof(PurchaseTable))]
[JsonSerializable(typeof(CustomerValueAnswer))]
internal sealed partial class ValueJson : JsonSerializerContext
{
    public static ValueJson Crm { get; } = CrmJson.For(o => new ValueJson(o));
}

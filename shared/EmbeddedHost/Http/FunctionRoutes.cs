using Crm.EmbeddedHost;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Gives HTTP functions their routes.</summary>
public static class FunctionRoutes
{
    /// <summary>
    /// Maps every HTTP function, each endpoint with its <see cref="FunctionMetadata"/>, and answers all other paths with 404.
    /// Static files, if any, go before <c>UseRouting</c>.
    /// </summary>
    /// <exception cref="FunctionDiscoveryException">Some function cannot be served.</exception>
    public static IEndpointRouteBuilder MapFunctions(this IEndpointRouteBuilder endpoints)
    {
        IServiceProvider services = endpoints.ServiceProvider;
        FunctionsOptions options = services.GetRequiredService<IOptions<FunctionsOptions>>().Value;
        RequestLoad load = services.GetRequiredService<RequestLoad>();
        Shutdown shutdown = services.GetRequiredService<Shutdown>();
        foreach (FunctionMetadata function in services.GetRequiredService<FunctionCatalog>().Functions)
        {
            if (function.Trigger is not Trigger.Http http) continue;
            RequestDelegate answer = new HttpFunction(function, options, load, shutdown).Answer;
            IEndpointConventionBuilder endpoint = http.Methods.Count == 0
                ? endpoints.Map(http.Route, answer)
                : endpoints.MapMethods(http.Route, http.Methods, answer);
            endpoint.WithMetadata(function).WithDisplayName(function.Name);
        }

        KnownRoutes known = new(services.GetRequiredService<EndpointDataSource>(), services.GetRequiredService<ParameterPolicyFactory>());
        RequestDelegate unanswered = new UnansweredRequests(known, options).Answer;
        endpoints.Map("{**path}", unanswered).WithDisplayName("No function").Add(b => ((RouteEndpointBuilder)b).Order = int.MaxValue);
        return endpoints;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace Crm.EmbeddedHost;

/// <summary>Which methods a path would answer: only asked once no endpoint took the request.</summary>
internal sealed class KnownRoutes(EndpointDataSource endpoints, ParameterPolicyFactory policies)
{
    private readonly Lazy<IReadOnlyList<Route>> routes = new(() =>
    [
        .. from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
           let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()
           where methods is not null && methods.HttpMethods.Count > 0
           select new Route(endpoint.RoutePattern, methods.HttpMethods, policies),
    ]);

    /// <summary>Upper case, sorted; empty when the path is unknown.</summary>
    public IReadOnlyList<string> Methods(HttpContext context) =>
        [.. routes.Value.Where(r => r.Matches(context)).SelectMany(r => r.Methods).Distinct().Order(StringComparer.Ordinal)];

    private sealed class Route(RoutePattern pattern, IReadOnlyList<string> methods, ParameterPolicyFactory policies)
    {
        private readonly TemplateMatcher matcher = new(new RouteTemplate(pattern), new RouteValueDictionary(pattern.Defaults));
        private readonly List<(string Name, IRouteConstraint Constraint)> constraints =
        [
            .. from parameter in pattern.ParameterPolicies
               from reference in parameter.Value
               let constraint = policies.Create(pattern.GetParameter(parameter.Key), reference) as IRouteConstraint
               where constraint is not null
               select (parameter.Key, constraint),
        ];

        public IReadOnlyList<string> Methods => methods;

        public bool Matches(HttpContext context)
        {
            RouteValueDictionary values = [];
            return matcher.TryMatch(context.Request.Path, values)
                && constraints.All(c => c.Constraint.Match(context, null, c.Name, values, RouteDirection.IncomingRequest));
        }
    }
}

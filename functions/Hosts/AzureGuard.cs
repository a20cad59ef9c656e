using Crm.Operations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Hosts;

/// <summary>The same guard as the embedded host's, as worker middleware: HTTP functions only.</summary>
public sealed class AzureGuard : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        context.GetHttpContext() is { } http
            ? context.InstanceServices.GetRequiredService<RequestGuard>().Run(http, context.FunctionDefinition.Name, () => next(context))
            : next(context);
}

using Microsoft.AspNetCore.Http;

namespace Crm.EmbeddedHost;

/// <summary>Answers a request by a function: bind, create, run, write. Its exceptions go on to the app's middleware.</summary>
internal sealed class HttpFunction(FunctionMetadata function, FunctionsOptions options, RequestLoad load, Shutdown shutdown)
{
    private readonly HttpCall call = HttpCallCompiler.Compile(function.Method, ((Trigger.Http)function.Trigger).Route);
    private readonly FunctionInstances instances = new(function.Method);
    private readonly bool takesToken = function.Method.GetParameters().Any(p => p.ParameterType == typeof(CancellationToken));

    public async Task Answer(HttpContext context)
    {
        using CancellationTokenSource? cancelled =
            takesToken ? CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, shutdown.Drained) : null;
        object? instance = instances.Create(context.RequestServices);
        load.Begin();
        try
        {
            Task<IResult>? running = call(instance, context, cancelled?.Token ?? default, out string? unreadable);
            if (running is null)
            {
                await new RefusedRequest(StatusCodes.Status400BadRequest, unreadable).Answer(context, options);
                return;
            }

            IResult result = await running
                ?? throw new InvalidOperationException($"The function '{function.Name}' answered null.");
            await result.ExecuteAsync(context);
        }
        finally
        {
            load.End();
            await FunctionInstances.Release(instance);
        }
    }
}

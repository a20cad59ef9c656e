using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.EmbeddedHost;

/// <summary>Runs a feed, queue or timer function, each run with services of its own.</summary>
internal sealed class FunctionRunner<TInput>(MethodInfo method, IServiceScopeFactory scopes, Func<ParameterInfo, Expression, Expression> bind)
{
    private readonly Func<object?, TInput, CancellationToken, Task> call = Compile(method, bind);
    private readonly FunctionInstances instances = new(method);

    public async Task Run(TInput input, CancellationToken token)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        object? instance = instances.Create(scope.ServiceProvider);
        try
        {
            await call(instance, input, token);
        }
        finally
        {
            await FunctionInstances.Release(instance);
        }
    }

    private static Func<object?, TInput, CancellationToken, Task> Compile(MethodInfo method, Func<ParameterInfo, Expression, Expression> bind)
    {
        ParameterExpression instance = Expression.Parameter(typeof(object));
        ParameterExpression input = Expression.Parameter(typeof(TInput));
        ParameterExpression token = Expression.Parameter(typeof(CancellationToken));
        IEnumerable<Expression> arguments = method.GetParameters()
            .Select(p => p.ParameterType == typeof(CancellationToken) ? token : bind(p, input));
        Expression call = Expression.Call(method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!), method, arguments);
        return Expression.Lambda<Func<object?, TInput, CancellationToken, Task>>(call, instance, input, token).Compile();
    }
}

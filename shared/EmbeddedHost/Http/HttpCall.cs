using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Crm.EmbeddedHost;

/// <summary>Calls an HTTP function. Null: the value called <paramref name="unreadable"/> cannot be read.</summary>
internal delegate Task<IResult>? HttpCall(object? instance, HttpContext context, CancellationToken token, out string? unreadable);

/// <summary>Compiles the call once, so that a request costs no reflection and boxes nothing.</summary>
internal static class HttpCallCompiler
{
    public static HttpCall Compile(MethodInfo method, string route)
    {
        ParameterExpression instance = Expression.Parameter(typeof(object));
        ParameterExpression context = Expression.Parameter(typeof(HttpContext));
        ParameterExpression token = Expression.Parameter(typeof(CancellationToken));
        ParameterExpression unreadable = Expression.Parameter(typeof(string).MakeByRefType());
        LabelTarget end = Expression.Label(typeof(Task<IResult>));
        HashSet<string> inRoute = new(RoutePatternFactory.Parse(route).Parameters.Select(p => p.Name), StringComparer.OrdinalIgnoreCase);

        List<ParameterExpression> variables = [];
        List<Expression> body = [Expression.Assign(unreadable, Expression.Constant(null, typeof(string)))];
        List<Expression> arguments = [];
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            if (parameter.ParameterType == typeof(HttpRequest)) arguments.Add(Expression.Property(context, nameof(HttpContext.Request)));
            else if (parameter.ParameterType == typeof(CancellationToken)) arguments.Add(token);
            else arguments.Add(Value(parameter));
        }

        body.Add(Expression.Return(end, Expression.Call(
            method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!), method, arguments)));
        body.Add(Expression.Label(end, Expression.Constant(null, typeof(Task<IResult>))));
        return Expression.Lambda<HttpCall>(Expression.Block(variables, body), instance, context, token, unreadable).Compile();

        ParameterExpression Value(ParameterInfo parameter)
        {
            Type plain = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            ParameterExpression text = Expression.Variable(typeof(string));
            ParameterExpression read = Expression.Variable(plain);
            ParameterExpression value = Expression.Variable(parameter.ParameterType, parameter.Name);
            variables.AddRange([text, read, value]);
            body.Add(Expression.Assign(text, Expression.Call(
                Method(nameof(RequestValues.Find)), context, Expression.Constant(parameter.Name), Expression.Constant(inRoute.Contains(parameter.Name!)))));
            body.Add(Expression.IfThenElse(
                Expression.ReferenceEqual(text, Expression.Constant(null)),
                Expression.Assign(value, Default(parameter)),
                Expression.IfThenElse(
                    Expression.Call(Method("Read" + plain.Name), text, read),
                    Expression.Assign(value, Expression.Convert(read, parameter.ParameterType)),
                    Expression.Block(
                        Expression.Assign(unreadable, Expression.Constant(parameter.Name)),
                        Expression.Return(end, Expression.Constant(null, typeof(Task<IResult>)))))));
            return value;
        }
    }

    private static Expression Default(ParameterInfo parameter) => parameter is { HasDefaultValue: true, DefaultValue: { } value }
        ? Expression.Convert(Expression.Constant(value), parameter.ParameterType)
        : Expression.Default(parameter.ParameterType);

    private static MethodInfo Method(string name) => typeof(RequestValues).GetMethod(name)!;
}

using System.Net;
using System.Reflection;
using Crm.Operations;
using Crm.Tests.Support;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Tests.Functions.Operations;

public sealed class AccessTests(AccessTests.Fixture fixture) : IClassFixture<AccessTests.Fixture>
{
    private static readonly IReadOnlyList<(string Name, HttpTriggerAttribute Trigger)> HttpFunctions =
    [
        .. from type in typeof(Access).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null
           select (function.Name, trigger),
    ];

    [Fact]
    public void The_table_names_every_function_that_HTTP_reaches_and_no_other()
    {
        var listed = Access.Roles.Keys.Concat(Access.Anonymous).Order(StringComparer.Ordinal);
        Assert.Equal(HttpFunctions.Select(f => f.Name).Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public void An_admin_may_do_everything() => Assert.All(Access.Roles, r => Assert.Contains(Role.Admin, r.Value));

    [Fact]
    public async Task Every_function_lets_in_exactly_the_roles_of_the_table()
    {
        foreach (var (name, trigger) in HttpFunctions.Where(f => !Access.Anonymous.Contains(f.Name)))
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                var allowed = Access.Roles[name].Contains(role);
                using var answer = await fixture.Call(fixture.Callers[role], trigger);
                Assert.True(allowed == (answer.StatusCode != HttpStatusCode.Forbidden), $"{name} as {role}: {answer.StatusCode}");
                Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
            }
        }
    }

    [Fact]
    public async Task Without_a_key_or_with_a_wrong_one_nobody_comes_in()
    {
        using var wrong = fixture.World.With("crm_00000000000000000000000000000000");
        foreach (var (name, trigger) in HttpFunctions.Where(f => !Access.Anonymous.Contains(f.Name)))
        {
            foreach (var client in new[] { fixture.World.Anonymous, wrong })
            {
                using var answer = await fixture.Call(client, trigger);
                var page = trigger.Route!.StartsWith("console", StringComparison.Ordinal) && trigger.Methods!.Contains("get");
                Assert.True(answer.StatusCode == (page ? HttpStatusCode.Redirect : HttpStatusCode.Unauthorized), $"{name}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Anonymous_functions_ask_for_no_key()
    {
        foreach (var (name, trigger) in HttpFunctions.Where(f => Access.Anonymous.Contains(f.Name)))
        {
            using var answer = await fixture.Call(fixture.World.Anonymous, trigger);
            Assert.True(answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) || name == "SignIn", $"{name}: {answer.StatusCode}");
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public World World { get; private set; } = null!;

        public Dictionary<Role, HttpClient> Callers { get; } = [];

        public async ValueTask InitializeAsync()
        {
            World = await World.Begin();
            foreach (var role in Enum.GetValues<Role>()) Callers[role] = await World.As(role);
        }

        public ValueTask DisposeAsync() => World.DisposeAsync();

        public async Task<HttpResponseMessage> Call(HttpClient client, HttpTriggerAttribute trigger)
        {
            var path = System.Text.RegularExpressions.Regex.Replace("/" + trigger.Route, @"\{[^}]+\}", "00000000000000000000000000");
            using var request = new HttpRequestMessage(new HttpMethod(trigger.Methods![0].ToUpperInvariant()), path);
            return await client.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }
}

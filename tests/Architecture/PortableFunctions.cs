using Crm.EmbeddedHost;

namespace Crm.Tests.Architecture;

public sealed class PortableFunctions
{
    [Fact]
    public void Every_function_of_the_product_runs_alike_on_both_hosts() =>
        Assert.Empty(PortableSignature.Problems(System.Reflection.Assembly.Load("Crm.Functions")));
}

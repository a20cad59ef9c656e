using Crm.Analysis.Models;
using Crm.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Analysis;

/// <summary>What this module brings into a host.</summary>
public static class AnalysisModule
{
    public static IServiceCollection AddAnalysis(this IServiceCollection services)
    {
        services.AddSingleton<IFollowsCustomers, AskForAnalysis>();
        services.AddSingleton<ContributeToDay>();
        services.AddSingleton<Classifiers>();
        services.AddSingleton<ITellsOfEvents, TellOfInsights>();
        return services;
    }
}

using Crm.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Reports;

/// <summary>What this module brings into a host.</summary>
public static class ReportsModule
{
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddSingleton<ReportRuns>();
        services.AddSingleton<DailyCommunicationReport>();
        services.AddSingleton<ITellsOfEvents, TellOfReportRow>();
        return services;
    }
}

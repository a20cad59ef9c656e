using static Crm.Operations.Role;

namespace Crm.Operations;

/// <summary>Who may call which function: the one table, for both hosts. A function that is not here cannot be called.</summary>
public static class Access
{
    /// <summary>Everybody, without a key.</summary>
    public static IReadOnlySet<string> Anonymous { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "ReceiveHook",
        "ConsentToHook",
        "ReceiveCall",
        "GetLiveness",
        "GetReadiness",
        "ShowSignIn",
        "SignIn",
        "UseSignInLink",
        "GetAsset",
    };

    /// <summary>Function to roles; an admin may do everything that is listed.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Role>> Roles { get; } = new Dictionary<string, IReadOnlyList<Role>>(StringComparer.Ordinal)
    {
        // Channels
        ["CreateConnection"] = [Admin],
        ["ListConnections"] = [Admin],

        // Customers
        ["CreateCustomer"] = [Admin, Agent, Integration],
        ["CreateCustomers"] = [Admin, Agent, Integration],
        ["ListIdentities"] = [Admin, Agent, Integration],
        ["AddIdentity"] = [Admin, Agent, Integration],
        ["RemoveIdentity"] = [Admin, Agent, Integration],
        ["CreateImport"] = [Admin, Integration],
        ["ListImports"] = [Admin, Integration],
        ["GetImport"] = [Admin, Integration],
        ["StartImport"] = [Admin, Integration],
        ["CancelImport"] = [Admin, Integration],
        ["TakeBackImport"] = [Admin, Integration],
        ["ListRejectedRows"] = [Admin, Integration],
        ["GetRejectedFile"] = [Admin, Integration],
        ["CreateExport"] = [Admin, Integration],
        ["ListExports"] = [Admin, Integration],
        ["GetExport"] = [Admin, Integration],
        ["GetExportFile"] = [Admin, Integration],
        ["CreateCompany"] = [Admin, Agent, Integration],
        ["CreateCompanies"] = [Admin, Agent, Integration],
        ["GetCompany"] = [Admin, Agent, Marketer, Analyst, Integration],
        ["ListCompanies"] = [Admin, Agent, Marketer, Analyst, Integration],
        ["ChangeCompany"] = [Admin, Agent, Integration],
        ["DeleteCompany"] = [Admin, Agent],
        ["CreateCustomField"] = [Admin],
        ["GetCustomField"] = [Admin, Agent, Marketer, Analyst, Integration],
        ["ListCustomFields"] = [Admin, Agent, Marketer, Analyst, Integration],
        ["ChangeCustomField"] = [Admin],
        ["DeleteCustomField"] = [Admin],
        ["GetCustomer"] = [Admin, Agent, Marketer, Integration],
        ["ListCustomers"] = [Admin, Agent, Marketer, Integration],
        ["ChangeCustomer"] = [Admin, Agent, Integration],
        ["DeleteCustomer"] = [Admin, Agent],
        ["RestoreCustomer"] = [Admin, Agent],
        ["GetTimeline"] = [Admin, Agent, Marketer, Integration],

        // Communications
        ["ListConversations"] = [Admin, Agent, Analyst],
        ["GetConversation"] = [Admin, Agent],
        ["ChangeConversation"] = [Admin, Agent],
        ["ListMessages"] = [Admin, Agent],
        ["GetMessage"] = [Admin, Agent],
        ["GetAttachment"] = [Admin, Agent],
        ["AddNote"] = [Admin, Agent],

        // Service
        ["CreateCalendar"] = [Admin],
        ["ListCalendars"] = [Admin, Agent, Analyst, Integration],
        ["GetCalendar"] = [Admin, Agent, Analyst, Integration],
        ["ChangeCalendar"] = [Admin],
        ["DeleteCalendar"] = [Admin],
        ["CreateSlaPolicy"] = [Admin],
        ["ListSlaPolicies"] = [Admin, Agent, Analyst, Integration],
        ["GetSlaPolicy"] = [Admin, Agent, Analyst, Integration],
        ["ChangeSlaPolicy"] = [Admin],
        ["DeleteSlaPolicy"] = [Admin],
        ["CreateQueue"] = [Admin],
        ["ListQueues"] = [Admin, Agent, Analyst, Integration],
        ["GetQueue"] = [Admin, Agent, Analyst, Integration],
        ["ChangeQueue"] = [Admin],
        ["DeleteQueue"] = [Admin],
        ["CreateCaseRule"] = [Admin],
        ["ListCaseRules"] = [Admin, Agent, Analyst, Integration],
        ["GetCaseRule"] = [Admin, Agent, Analyst, Integration],
        ["ChangeCaseRule"] = [Admin],
        ["DeleteCaseRule"] = [Admin],
        ["CreateCaseStatus"] = [Admin],
        ["ListCaseStatuses"] = [Admin, Agent, Analyst, Integration],
        ["GetCaseStatus"] = [Admin, Agent, Analyst, Integration],
        ["ChangeCaseStatus"] = [Admin],
        ["CalculateBusinessTime"] = [Admin, Agent, Analyst, Integration],
        ["CreateCase"] = [Admin, Agent, Integration],
        ["CreateCases"] = [Admin, Agent, Integration],
        ["ListCases"] = [Admin, Agent, Integration],
        ["GetCase"] = [Admin, Agent, Integration],
        ["ChangeCase"] = [Admin, Agent, Integration],
        ["AddCaseNote"] = [Admin, Agent, Integration],
        ["AddCaseLink"] = [Admin, Agent, Integration],
        ["MergeCase"] = [Admin, Agent],
        ["SplitCase"] = [Admin, Agent],
        ["ListCaseHistory"] = [Admin, Agent, Integration],
        ["GetCasePromises"] = [Admin, Agent, Integration],

        // Marketing
        ["CreateCampaign"] = [Admin, Marketer, Integration],
        ["CreateCampaigns"] = [Admin, Marketer, Integration],
        ["GetCampaign"] = [Admin, Agent, Marketer, Analyst, Integration],
        ["ListCampaigns"] = [Admin, Agent, Marketer, Analyst, Integration],
        ["GetCampaignFunnel"] = [Admin, Agent, Marketer, Analyst, Integration],
        ["ChangeCampaign"] = [Admin, Marketer, Integration],
        ["DeleteCampaign"] = [Admin, Marketer],
        ["CreateEventType"] = [Admin, Marketer],
        ["ListEventTypes"] = [Admin, Agent, Marketer, Analyst, Integration],
        ["GetEventType"] = [Admin, Agent, Marketer, Analyst, Integration],
        ["ListEventTypeVersions"] = [Admin, Agent, Marketer, Analyst, Integration],
        ["ChangeEventType"] = [Admin, Marketer],
        ["DeleteEventType"] = [Admin, Marketer],
        ["CreateEvent"] = [Admin, Marketer, Integration],
        ["CreateEvents"] = [Admin, Marketer, Integration],
        ["ListFailedEvents"] = [Admin, Marketer, Integration],
        ["GetFailedEvent"] = [Admin, Marketer, Integration],
        ["ReplayFailedEvent"] = [Admin, Marketer, Integration],
        ["DiscardFailedEvent"] = [Admin, Marketer],
        ["CreateEventReplay"] = [Admin, Marketer],
        ["ListEventReplays"] = [Admin, Marketer],
        ["GetEventReplay"] = [Admin, Marketer],

        // Models
        ["ListModels"] = [Admin, Agent, Marketer, Analyst],
        ["GetModel"] = [Admin, Agent, Marketer, Analyst],
        ["TrainModel"] = [Admin, Analyst],
        ["PredictLabels"] = [Admin, Agent, Marketer, Analyst, Integration],

        // Calculations
        ["CalculateAttribution"] = [Admin, Marketer, Analyst],
        ["CalculateExperiment"] = [Admin, Marketer, Analyst],
        ["CalculateCustomerValue"] = [Admin, Marketer, Analyst],

        // Reports
        ["ListReports"] = [Admin, Agent, Marketer, Analyst],
        ["ListReportRuns"] = [Admin, Agent, Marketer, Analyst],
        ["GetReportFile"] = [Admin, Agent, Marketer, Analyst],
        ["RunReport"] = [Admin, Analyst],

        // Operations
        ["GetEventTrail"] = [Admin, Agent],
        ["CreateKey"] = [Admin],
        ["ListKeys"] = [Admin],
        ["RevokeKey"] = [Admin],
        ["ListDeadLetters"] = [Admin],

        // Console
        ["ShowHome"] = [Admin, Agent, Marketer, Analyst],
        ["ShowCustomers"] = [Admin, Agent, Marketer],
        ["ShowCustomer"] = [Admin, Agent, Marketer],
        ["ShowEvent"] = [Admin, Agent],
        ["ShowReports"] = [Admin, Agent, Marketer, Analyst],
        ["ShowReportFile"] = [Admin, Agent, Marketer, Analyst],
        ["SignOut"] = [Admin, Agent, Marketer, Analyst, Integration],
    };
}

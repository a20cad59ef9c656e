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
        ["GetCustomer"] = [Admin, Agent, Marketer, Integration],
        ["ListCustomers"] = [Admin, Agent, Marketer, Integration],
        ["ChangeCustomer"] = [Admin, Agent, Integration],
        ["GetTimeline"] = [Admin, Agent, Marketer, Integration],

        // Communications

        // Service

        // Marketing

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

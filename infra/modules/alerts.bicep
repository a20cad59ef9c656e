// What a person must look at; docs/operating.md says what each means and what to do.
param location string
param tags object
param operatorEmail string
param workspaceId string
param serviceBusId string
param functionsId string

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-crm-operators'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'crm'
    emailReceivers: [{ name: 'operator', emailAddress: operatorEmail, useCommonAlertSchema: true }]
  }
}

resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'crm-dead-letters'
  location: 'global'
  tags: tags
  properties: {
    description: 'Messages wait in a dead-letter queue.'
    severity: 2
    enabled: true
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [{
        name: 'dead', criterionType: 'StaticThresholdCriterion', metricName: 'DeadletteredMessages', metricNamespace: 'Microsoft.ServiceBus/namespaces'
        operator: 'GreaterThan', threshold: 0, timeAggregation: 'Maximum'
      }]
    }
    actions: [{ actionGroupId: operators.id }]
  }
}

resource serverErrors 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'crm-5xx'
  location: 'global'
  tags: tags
  properties: {
    description: 'Requests are answered with 5xx.'
    severity: 1
    enabled: true
    scopes: [functionsId]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [{
        name: 'errors', criterionType: 'StaticThresholdCriterion', metricName: 'Http5xx', metricNamespace: 'Microsoft.Web/sites'
        operator: 'GreaterThan', threshold: 5, timeAggregation: 'Total'
      }]
    }
    actions: [{ actionGroupId: operators.id }]
  }
}

var searches = [
  {
    name: 'crm-feed-lag'
    description: 'A change feed is more than ten minutes behind.'
    query: 'AppMetrics | where Name == "crm.feed.lag" | summarize lag = max(Max) by tostring(Properties["function"]) | where lag > 600'
  }
  {
    name: 'crm-failed-timers'
    description: 'A timer function failed.'
    query: 'AppRequests | where Success == false and OperationName startswith "Every"'
  }
]

resource rule 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for one in searches: {
  name: one.name
  location: location
  tags: tags
  properties: {
    description: one.description
    severity: 2
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: { allOf: [{ query: one.query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 }] }
    actions: { actionGroups: [operators.id] }
  }
}]

// Queues of pointers. Fifty deliveries (an instance that goes has delivered all that it held), then the dead-letter sub-queue, whose function makes each a document.
param name string
param location string
param tags object
param principalId string
param publicAccess bool

resource namespace 'Microsoft.ServiceBus/namespaces@2022-10-01-preview' = {
  name: name
  location: location
  tags: tags
  // Private endpoints need Premium.
  sku: { name: publicAccess ? 'Standard' : 'Premium', tier: publicAccess ? 'Standard' : 'Premium' }
  properties: { disableLocalAuth: true, minimumTlsVersion: '1.2', publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled' }
}

var queues = [
  'analysis'
  'funnels'
  'funnel-rebuilds'
  'jobs'
  'event-replays'
  'model-training'
]

resource queue 'Microsoft.ServiceBus/namespaces/queues@2022-10-01-preview' = [for one in queues: {
  parent: namespace
  name: one
  properties: {
    lockDuration: 'PT1M'
    maxDeliveryCount: 50
    deadLetteringOnMessageExpiration: true
    defaultMessageTimeToLive: 'P14D'
    requiresDuplicateDetection: true
    duplicateDetectionHistoryTimeWindow: 'PT10M'
  }
}]

// Sender and Receiver, nothing that manages.
var roles = [
  '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39'
  '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0'
]

resource assigned 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in roles: {
  name: guid(namespace.id, principalId, role)
  scope: namespace
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}]

output id string = namespace.id
output host string = '${namespace.name}.servicebus.windows.net'

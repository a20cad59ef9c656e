// Everything that one company's Crm needs, in one resource group. Identities instead of keys everywhere.
targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('Names the environment; resources are named after it.')
param environmentName string

@description('The Azure region.')
param location string

@description('Stands in pages and reports.')
param companyName string

@description('IANA zone of days, reports and promises.')
param companyTimeZone string = 'UTC'

@description('ISO 3166-1 code of the region of phone numbers without a country code; empty takes international ones only.')
param companyRegion string = ''

@description('Addresses by which nobody is known, with commas between.')
param blockedIdentities string = 'info@*,noreply@*,no-reply@*,donotreply@*,mailer-daemon@*,postmaster@*,nobody@*,test@test.com,*@example.invalid'

@description('When reports are looked after: six NCRONTAB fields, in UTC.')
param reportTick string = '0 */15 * * * *'

@description('Requests that one API key may make of one instance in a minute.')
param requestsPerMinute int = 6000

@description('What becomes of posted events whose type is not in the catalogue.')
@allowed(['accept', 'refuse'])
param unknownEventTypes string = 'accept'

@description('Where alerts go.')
param operatorEmail string

@description('Cosmos DB pays per request (serverless) or keeps a throughput that scales by itself (autoscale).')
@allowed(['serverless', 'autoscale'])
param cosmosMode string = 'serverless'

@description('The highest RU/s of the database where it scales by itself.')
param cosmosMaxThroughput int = 4000

@description('The most instances that run at once.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 100

@description('Stores and queues are reached over a private network only.')
param privateEndpoints bool = false

var suffix = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-crm-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-crm-${suffix}', location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: { suffix: suffix, location: location, tags: tags, principalId: identity.outputs.principalId }
}

module network 'modules/network.bicep' = if (privateEndpoints) {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    cosmosId: cosmos.outputs.id
    serviceBusId: serviceBus.outputs.id
    storageId: storage.outputs.id
    keyVaultId: keyVault.outputs.id
  }
}

module cosmos 'modules/cosmos.bicep' = {
  scope: group
  params: {
    name: 'cosmos-crm-${suffix}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    mode: cosmosMode
    maxThroughput: cosmosMaxThroughput
    publicAccess: !privateEndpoints
  }
}

module serviceBus 'modules/servicebus.bicep' = {
  scope: group
  params: { name: 'sb-crm-${suffix}', location: location, tags: tags, principalId: identity.outputs.principalId, publicAccess: !privateEndpoints }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: { name: 'stcrm${suffix}', location: location, tags: tags, principalId: identity.outputs.principalId, publicAccess: !privateEndpoints }
}

module keyVault 'modules/keyvault.bicep' = {
  scope: group
  params: { name: 'kv-crm-${suffix}', location: location, tags: tags, principalId: identity.outputs.principalId, publicAccess: !privateEndpoints }
}

module functions 'modules/functions.bicep' = {
  scope: group
  params: {
    name: 'func-crm-${suffix}'
    location: location
    tags: union(tags, { 'azd-service-name': 'functions' })
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    insightsConnection: monitoring.outputs.insightsConnection
    storageName: storage.outputs.name
    cosmosEndpoint: cosmos.outputs.endpoint
    serviceBusHost: serviceBus.outputs.host
    keyVaultUri: keyVault.outputs.uri
    companyName: companyName
    companyTimeZone: companyTimeZone
    companyRegion: companyRegion
    blockedIdentities: blockedIdentities
    reportTick: reportTick
    requestsPerMinute: requestsPerMinute
    unknownEventTypes: unknownEventTypes
    maximumInstances: maximumInstances
    subnetId: privateEndpoints ? network!.outputs.functionsSubnetId : ''
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    operatorEmail: operatorEmail
    workspaceId: monitoring.outputs.workspaceId
    serviceBusId: serviceBus.outputs.id
    functionsId: functions.outputs.id
  }
}

output AZURE_LOCATION string = location
output CRM_URL string = functions.outputs.url

// The function app on Flex Consumption. Timers tick in UTC: the code knows the company's zone.
param name string
param location string
param tags object
param identityId string
param identityClientId string
param insightsConnection string
param storageName string
param cosmosEndpoint string
param serviceBusHost string
param keyVaultUri string
param companyName string
param companyTimeZone string
param companyRegion string
param blockedIdentities string
param reportTick string
param requestsPerMinute int

@allowed(['accept', 'refuse'])
param unknownEventTypes string
param maximumInstances int

@description('Empty: no private network.')
param subnetId string

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: 'https://${storageName}.blob.${environment().suffixes.storage}/packages'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: { maximumInstanceCount: maximumInstances, instanceMemoryMB: 2048 }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
    }
    siteConfig: { minTlsVersion: '1.2' }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      AzureWebJobsStorage__accountName: storageName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      AZURE_CLIENT_ID: identityClientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnection
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      Cosmos__accountEndpoint: cosmosEndpoint
      Cosmos__credential: 'managedidentity'
      Cosmos__clientId: identityClientId
      ServiceBus__fullyQualifiedNamespace: serviceBusHost
      ServiceBus__credential: 'managedidentity'
      ServiceBus__clientId: identityClientId
      Blobs__Uri: 'https://${storageName}.blob.${environment().suffixes.storage}/crm'
      KeyVault__Uri: keyVaultUri
      Database: 'crm'
      ReportTick: reportTick
      RateLimit__RequestsPerMinute: string(requestsPerMinute)
      Events__UnknownTypes: unknownEventTypes
      Company__Name: companyName
      Company__TimeZone: companyTimeZone
      Company__Region: companyRegion
      Identities__Blocked: blockedIdentities
    }
  }
}

output id string = app.id
output url string = 'https://${app.properties.defaultHostName}'

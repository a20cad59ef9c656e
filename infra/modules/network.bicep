// A network of two subnets: one for the functions, one for the private ends of the stores and queues.
param suffix string
param location string
param tags object
param cosmosId string
param serviceBusId string
param storageId string
param keyVaultId string

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: 'vnet-crm-${suffix}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/22'] }
    subnets: [
      {
        name: 'functions'
        properties: {
          addressPrefix: '10.20.0.0/24'
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      { name: 'endpoints', properties: { addressPrefix: '10.20.1.0/24' } }
    ]
  }
}

var endpoints = [
  { name: 'cosmos', target: cosmosId, group: 'Sql', zone: 'privatelink.documents.azure.com' }
  { name: 'servicebus', target: serviceBusId, group: 'namespace', zone: 'privatelink.servicebus.windows.net' }
  { name: 'blob', target: storageId, group: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { name: 'queue', target: storageId, group: 'queue', zone: 'privatelink.queue.${environment().suffixes.storage}' }
  { name: 'table', target: storageId, group: 'table', zone: 'privatelink.table.${environment().suffixes.storage}' }
  { name: 'vault', target: keyVaultId, group: 'vault', zone: 'privatelink.vaultcore.azure.net' }
]

resource endpoint 'Microsoft.Network/privateEndpoints@2024-01-01' = [for one in endpoints: {
  name: 'pe-crm-${one.name}-${suffix}'
  location: location
  tags: tags
  properties: {
    subnet: { id: '${network.id}/subnets/endpoints' }
    privateLinkServiceConnections: [{ name: one.name, properties: { privateLinkServiceId: one.target, groupIds: [one.group] } }]
  }
}]

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = [for one in endpoints: {
  name: one.zone
  location: 'global'
  tags: tags
}]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [for (one, i) in endpoints: {
  parent: zone[i]
  name: 'crm'
  location: 'global'
  properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
}]

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-01-01' = [for (one, i) in endpoints: {
  parent: endpoint[i]
  name: 'default'
  properties: { privateDnsZoneConfigs: [{ name: one.name, properties: { privateDnsZoneId: zone[i].id } }] }
}]

output functionsSubnetId string = '${network.id}/subnets/functions'

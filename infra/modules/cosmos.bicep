// The document store. Containers, partition keys, times to live and indexed paths are those of shared/Ports/Containers.cs: a test
// holds both to each other.
param name string
param location string
param tags object
param principalId string
param publicAccess bool

@allowed(['serverless', 'autoscale'])
param mode string
param maxThroughput int

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    locations: [{ locationName: location, failoverPriority: 0, isZoneRedundant: false }]
    consistencyPolicy: { defaultConsistencyLevel: 'Session' }
    capabilities: mode == 'serverless' ? [{ name: 'EnableServerless' }] : []
    // Any second of the last seven days can be restored.
    backupPolicy: { type: 'Continuous', continuousModeProperties: { tier: 'Continuous7Days' } }
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2024-11-15' = {
  parent: account
  name: 'crm'
  properties: {
    resource: { id: 'crm' }
    options: mode == 'autoscale' ? { autoscaleSettings: { maxThroughput: maxThroughput } } : {}
  }
}

// ttl -1: documents may have one of their own. Only paths that queries name are indexed.
var containers = [
  { name: 'inbox', key: '/id', ttl: 2592000, indexes: [] }
  { name: 'customers', key: '/customerId', ttl: -1, indexes: [['timelineAt'], ['campaignAt'], ['threadAt'], ['conversationAt'], ['kind', 'createdAt']] }
  { name: 'identities', key: '/id', ttl: -1, indexes: [] }
  { name: 'insights', key: '/customerId', ttl: -1, indexes: [] }
  { name: 'catalog', key: '/kind', ttl: -1, indexes: [['sortAt'], ['sortName']] }
  { name: 'views', key: '/view', ttl: -1, indexes: [['byName'], ['byCreated'], ['byChanged'], ['byDue']] }
  { name: 'leases', key: '/id', ttl: -1, indexes: [] }
]

resource container 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2024-11-15' = [for one in containers: {
  parent: database
  name: one.name
  properties: {
    resource: {
      id: one.name
      partitionKey: { paths: [one.key], kind: 'Hash', version: 2 }
      defaultTtl: one.ttl
      indexingPolicy: {
        indexingMode: 'consistent'
        includedPaths: concat([{ path: '/_ts/?' }, { path: '/id/?' }], map(flatten(one.indexes), path => { path: '/${path}/?' }))
        excludedPaths: [{ path: '/*' }]
        compositeIndexes: flatten(map(one.indexes, paths => [
          concat(map(paths, path => { path: '/${path}', order: 'ascending' }), [{ path: '/id', order: 'ascending' }])
          concat(map(paths, path => { path: '/${path}', order: 'descending' }), [{ path: '/id', order: 'descending' }])
        ]))
      }
    }
  }
}]

// Cosmos DB Built-in Data Contributor: documents, no keys, no account.
resource contributor 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = {
  parent: account
  name: guid(account.id, principalId, 'contributor')
  properties: {
    principalId: principalId
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002'
    scope: account.id
  }
}

output id string = account.id
output endpoint string = account.properties.documentEndpoint

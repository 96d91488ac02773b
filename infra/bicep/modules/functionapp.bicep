// The function app on Flex Consumption: paid while it runs, no instance when nobody asks.

@description('2 to 60 characters; the host name is (name).azurewebsites.net.')
param name string
param planName string
param location string
param tags object

@description('Resource id of the user-assigned identity.')
param identityId string

@description('Its client id.')
param identityClientId string
param storageName string
param packageContainerName string
param webPubSubName string
param vaultName string
param insightsName string

@description('Audience of the tokens under Web PubSub\'s events.')
param eventAudience string

@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('Origins of other pages that use the API, separated by commas; empty for none.')
param pageOrigins string

@description('Name of the secret that signs.')
param tokenKeyId string

@description('Name of the secret that signed before; empty for none.')
param previousTokenKeyId string

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageName
}

resource webPubSub 'Microsoft.SignalRService/webPubSub@2024-03-01' existing = {
  name: webPubSubName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'chat' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    clientAffinityEnabled: false
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packageContainerName}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'custom'
        version: '1.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: 512 // The smallest: the app takes about 100 MB, and an instance is paid by its size.
        maximumInstanceCount: maximumInstanceCount
      }
    }
    siteConfig: {
      // The host answers every preflight by this list, and the app never sees one.
      cors: {
        allowedOrigins: empty(pageOrigins) ? [] : map(split(pageOrigins, ','), origin => trim(origin))
        supportCredentials: false
      }
      minTlsVersion: '1.2'
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }
}

// The whole collection: what is not here is removed. Everything else keeps the default of docs/configuration.md.
var settings = {
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  AZURE_CLIENT_ID: identityClientId
  AzureWebJobsDisableHomepage: 'true'
  AzureWebJobsStorage__accountName: storage.name
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__credential: 'managedidentity'
  Tables__ServiceUri: 'https://${storage.name}.table.${environment().suffixes.storage}'
  Tokens__Keys__0__Id: tokenKeyId
  Tokens__Keys__0__Secret: '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/${tokenKeyId}/)'
  WebPubSub__Endpoint: 'https://${webPubSub.properties.hostName}'
  WebPubSub__EventAudience: eventAudience
  WebPubSub__EventAuthority: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
  WebPubSub__EventCaller: webPubSub.identity.principalId
  WebPubSub__SocketOrigins: pageOrigins
}

var previousKey = {
  Tokens__Keys__1__Id: previousTokenKeyId
  Tokens__Keys__1__Secret: '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/${previousTokenKeyId}/)'
}

resource appSettings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: empty(previousTokenKeyId) ? settings : union(settings, previousKey)
}

output name string = app.name
output hostName string = app.properties.defaultHostName

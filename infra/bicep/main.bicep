// Everything but the hubs of Web PubSub, whose event handlers must answer when they are set: see hubs.bicep.
targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('Name of the azd environment: 1 to 40 characters. The resource group is rg-(name).')
param environmentName string

@minLength(1)
@description('Region of everything. It must have Flex Consumption and Web PubSub.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Object id of who deploys: may write the signing key. Empty for nobody.')
param deployerId string = ''

@allowed(['User', 'ServicePrincipal'])
@description('What deployerId is.')
param deployerType string = 'User'

@minLength(1)
@description('Client id of the Entra application that stands for the event handlers: the audience of Web PubSub\'s tokens. Made by infra/scripts/preprovision.sh.')
param eventAudience string

@allowed(['Free_F1', 'Standard_S1'])
@description('Free_F1: 20 connections and 20,000 messages a day, then it refuses. Standard_S1: 1,000 connections and a million messages a day for each unit.')
param webPubSubSku string = 'Free_F1'

@minValue(1)
@maxValue(100)
@description('Units of Standard_S1: 1 to 10, then 20 to 100 in tens. 1 for Free_F1.')
param webPubSubUnits int = 1

@minValue(1)
@maxValue(1000)
@description('Most instances of the function app at once. It bounds what a flood costs. 40 is the least that the documentation names.')
param maximumInstanceCount int = 40

@description('Origins of pages on other hosts that use the API, separated by commas, as browsers write them: https://chat.example.org. The app\'s own page needs none.')
param pageOrigins string = ''

@minLength(1)
@maxLength(64)
@description('Name of the secret in the vault that signs access tokens, and the kid of those tokens. infra/scripts/rotate-signing-key.sh counts it up.')
param tokenKeyId string = 'token-key-1'

@description('Name of the secret that signed before, while its tokens still hold. Empty for none.')
param previousTokenKeyId string = ''

@description('GB of logs a day, then the workspace takes no more until the next day. At least 0.023.')
param logDailyCapGb string = '0.1'

@minValue(1)
@description('Monthly budget in the subscription\'s currency. It warns at 50, 80 and 100 percent; it stops nothing.')
param monthlyBudget int = 20

@description('First day of the month that the budget starts in: 2027-01-01. It can\'t be changed afterwards. Set by infra/scripts/preprovision.sh.')
param budgetStart string

@description('Who gets the alerts and the budget\'s warnings. Empty: the budget warns the owners of the subscription, and alerts show in the portal alone.')
param alertEmail string = ''

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
  }
}

module webPubSub 'modules/webpubsub.bicep' = {
  scope: group
  params: {
    name: 'wps-${token}'
    location: location
    tags: tags
    sku: webPubSubSku
    units: webPubSubUnits
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    dailyCapGb: logDailyCapGb
  }
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    principalId: identity.outputs.principalId
    deployerId: deployerId
    deployerType: deployerType
    storageName: storage.outputs.name
    webPubSubName: webPubSub.outputs.name
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
  }
}

module app 'modules/functionapp.bicep' = {
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainerName: storage.outputs.packageContainerName
    webPubSubName: webPubSub.outputs.name
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
    eventAudience: eventAudience
    maximumInstanceCount: maximumInstanceCount
    pageOrigins: pageOrigins
    tokenKeyId: tokenKeyId
    previousTokenKeyId: previousTokenKeyId
  }
  dependsOn: [roles] // The first deployment of code reads the package container with this identity.
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    token: token
    tags: tags
    email: alertEmail
    insightsName: monitoring.outputs.insightsName
    webPubSubName: webPubSub.outputs.name
    storageName: storage.outputs.name
  }
}

module budget 'modules/budget.bicep' = {
  scope: group
  params: {
    name: 'budget-${token}'
    amount: monthlyBudget
    start: budgetStart
    email: alertEmail
  }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output AZURE_WEB_PUBSUB_NAME string = webPubSub.outputs.name
output AZURE_FUNCTION_NAME string = app.outputs.name
output AZURE_FUNCTION_HOST string = app.outputs.hostName
output CHAT_URL string = 'https://${app.outputs.hostName}/'

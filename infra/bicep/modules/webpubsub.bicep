// Web PubSub without access keys. Its own identity signs what it sends to the app.

@minLength(3)
@maxLength(63)
@description('3 to 63 letters, digits and hyphens; a letter first.')
param name string
param location string
param tags object

@allowed(['Free_F1', 'Standard_S1'])
param sku string

@minValue(1)
@maxValue(100)
param units int

resource webPubSub 'Microsoft.SignalRService/webPubSub@2024-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'WebPubSub'
  sku: {
    name: sku
    capacity: sku == 'Free_F1' ? 1 : units
  }
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    disableAadAuth: false
    disableLocalAuth: true
    publicNetworkAccess: 'Enabled'
  }
}

output name string = webPubSub.name

// The hubs and their event handlers. Deployed into the resource group by infra/scripts/postdeploy.sh, after the app's code: Web PubSub
// asks a handler for its consent (OPTIONS) before it calls it, and there is nobody to answer before the code is there. A deployment of
// main.bicep leaves these child resources alone.

@description('The Web PubSub service.')
param webPubSubName string

@description('Host name of the function app, without a scheme.')
param functionAppHost string

@description('Client id of the Entra application that the handlers\' tokens are for; the same as the app\'s WebPubSub__EventAudience.')
param eventAudience string

@description('Whether clients may connect without a token of Web PubSub\'s, with the session that a gateway passes on (docs/gateway.md). Every handshake then costs an execution.')
param directSockets bool = false

// As in docs/gateway.md. User events go out on notifications too: to be answered with an error frame.
// connected and disconnected are what others learn of somebody's presence by, and connected is when a socket is looked at once more.
var hubs = [
  { name: 'chat', systemEvents: ['connect', 'connected', 'disconnected'] }
  { name: 'private_chat', systemEvents: ['connect', 'connected', 'disconnected'] }
  { name: 'notifications', systemEvents: ['connect', 'connected', 'disconnected'] }
]

resource webPubSub 'Microsoft.SignalRService/webPubSub@2024-03-01' existing = {
  name: webPubSubName
}

resource hub 'Microsoft.SignalRService/webPubSub/hubs@2024-03-01' = [
  for item in hubs: {
    parent: webPubSub
    name: item.name
    properties: {
      anonymousConnectPolicy: directSockets ? 'allow' : 'deny'
      eventHandlers: [
        {
          urlTemplate: 'https://${functionAppHost}/webpubsub/events'
          userEventPattern: '*'
          systemEvents: item.systemEvents
          auth: {
            type: 'ManagedIdentity'
            managedIdentity: {
              resource: eventAudience
            }
          }
        }
      ]
    }
  }
]

// Holds the keys that sign access tokens. The deployment writes none: infra/scripts/postprovision.sh makes the first.

@minLength(3)
@maxLength(24)
@description('3 to 24 letters, digits and hyphens.')
param name string
param location string
param tags object

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enablePurgeProtection: true // Can't be taken back: the name is free again only when the retention is over.
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    publicNetworkAccess: 'Enabled'
  }
}

output name string = vault.name

// Warns; it stops nothing. What bounds the cost is maximumInstanceCount and Free_F1.

param name string

@minValue(1)
@description('A month, in the subscription\'s currency.')
param amount int

@description('First of a month, not before the current one when it is made: 2027-01-01. Never changed afterwards.')
param start string

@description('Empty: the owners are told.')
param email string

var receivers = empty(email) ? { contactEmails: [], contactRoles: ['Owner'] } : { contactEmails: [email] }

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: name
  properties: {
    category: 'Cost'
    timeGrain: 'Monthly'
    amount: amount
    timePeriod: {
      startDate: start
    }
    notifications: {
      half: union(receivers, { enabled: true, operator: 'GreaterThan', threshold: 50, thresholdType: 'Actual' })
      most: union(receivers, { enabled: true, operator: 'GreaterThan', threshold: 80, thresholdType: 'Actual' })
      all: union(receivers, { enabled: true, operator: 'GreaterThan', threshold: 100, thresholdType: 'Actual' })
      foreseen: union(receivers, { enabled: true, operator: 'GreaterThan', threshold: 100, thresholdType: 'Forecasted' })
    }
  }
}

using '../main.bicep'

param environmentName = 'development'
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param companyName = readEnvironmentVariable('CRM_COMPANY_NAME', 'Company')
param companyTimeZone = readEnvironmentVariable('CRM_COMPANY_TIME_ZONE', 'Europe/Berlin')
param operatorEmail = readEnvironmentVariable('CRM_OPERATOR_EMAIL')

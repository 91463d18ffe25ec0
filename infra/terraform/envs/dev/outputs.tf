output "client_addresses" {
  description = "Addresses for clients, port 443, 80 or 5222."
  value       = module.connection_tier.client_addresses
}

output "web_load_balancer_dns" {
  description = "Point the certificate's host name at it (CNAME); null without a certificate."
  value       = module.connection_tier.web_load_balancer_dns
}

output "repository_url" {
  description = "Where to push images."
  value       = module.ci.repository_url
}

output "artifacts_bucket" {
  description = "Where to put the zips, as lambda/SHA256.zip."
  value       = module.ci.artifacts_bucket
}

output "ci_role_arns" {
  description = "Roles for the CI system."
  value       = module.ci.role_arns
}

output "secret_arns" {
  description = "Secrets to fill, by purpose."
  value       = module.secrets.arns
}

output "dashboard" {
  description = "Name of the CloudWatch dashboard."
  value       = module.observability.dashboard_name
}

output "arns" {
  description = "Secrets by purpose: database, bus, cache, master_key, rsa_key."
  value       = { for key, secret in aws_secretsmanager_secret.this : key => secret.arn }
}

output "data_kms_key_arn" {
  description = "Key of the database, cache, bus, blobs and queues."
  value       = aws_kms_key.data.arn
}

output "secrets_kms_key_arn" {
  description = "Key of the secrets and of functions' environments."
  value       = aws_kms_key.secrets.arn
}

output "logs_kms_key_arn" {
  description = "Key of log groups and of the alarm topic."
  value       = aws_kms_key.logs.arn
}

output "arns" {
  description = "ARNs of the secrets that the settings refer to; one named without its ARN as the pattern that Secrets Manager's six letters need."
  value       = sort([for id in local.ids : startswith(id, "arn:") ? id : "${local.prefix}:${id}-??????"])
}

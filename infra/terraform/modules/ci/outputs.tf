output "repository_url" {
  description = "Where images are pushed."
  value       = aws_ecr_repository.this.repository_url
}

output "repository_arn" {
  description = "The same, for roles that pull."
  value       = aws_ecr_repository.this.arn
}

output "artifacts_bucket" {
  description = "Bucket of the zips, as lambda/SHA256.zip."
  value       = aws_s3_bucket.artifacts.id
}

output "role_arns" {
  description = "Roles for the CI system: publish, plan, deploy."
  value       = { for key, role in aws_iam_role.ci : key => role.arn }
}

output "permissions_boundary_arn" {
  description = "Boundary of every role of the deployment."
  value       = aws_iam_policy.boundary.arn
}

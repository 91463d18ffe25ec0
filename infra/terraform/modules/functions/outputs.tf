output "security_group_id" {
  description = "Group of the functions; the storage lets it in."
  value       = aws_security_group.this.id
}

output "function_names" {
  description = "Functions by namespace."
  value       = { for name, function in aws_lambda_function.this : name => function.function_name }
}

output "failure_queue_names" {
  description = "Queues of what consumers could not do, by namespace, for alarms."
  value       = { for name, queue in aws_sqs_queue.failures : name => queue.name }
}

output "policies" {
  description = "Statements of each namespace's role, for tests."
  value       = local.statements
}

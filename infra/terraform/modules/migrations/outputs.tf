output "security_group_id" {
  description = "Group of the tasks; the storage lets it in."
  value       = aws_security_group.this.id
}

output "task_definition_arn" {
  description = "The one-off task, to run by hand."
  value       = aws_ecs_task_definition.this.arn
}

output "done" {
  description = "Known once the schema suits the image; what serves with that image takes it as an input."
  value       = var.run ? terraform_data.run[0].id : "not-run"
}

variable "name" {
  description = "Prefix of every name, as in cirrusgram-prod."
  type        = string
}

variable "run" {
  description = "Whether an apply runs the migration (it needs the AWS command line); otherwise run the task by hand, before the apply."
  type        = bool
  default     = true
}

variable "image" {
  description = "Image of the server, by digest."
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "Name the image by digest (REPOSITORY@sha256:…): a tag says nothing about what runs."
  }
}

variable "repository_arn" {
  description = "ECR repository of the image."
  type        = string
}

variable "cpu_architecture" {
  description = "ARM64 or X86_64, as the image was built."
  type        = string

  validation {
    condition     = contains(["ARM64", "X86_64"], var.cpu_architecture)
    error_message = "Use ARM64 or X86_64."
  }
}

variable "cluster_arn" {
  description = "ECS cluster to run in."
  type        = string
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "vpc_cidr" {
  description = "Its address range, where the storage is."
  type        = string
}

variable "private_subnet_ids" {
  description = "Subnets that the task runs in."
  type        = list(string)
}

variable "settings" {
  description = "CIRRUSGRAM_* settings, from the module data."
  type        = map(string)
}

variable "database_endpoint" {
  description = "Host of the database proxy."
  type        = string
}

variable "database_name" {
  description = "Name of the database."
  type        = string
}

variable "administrator_secret_arn" {
  description = "Secret of the database's administrator, which makes the application's user."
  type        = string
}

variable "secret_arns" {
  description = "Secrets by purpose, from the module secrets."
  type        = map(string)
}

variable "blobs_bucket_arn" {
  description = "Bucket of uploads and files."
  type        = string
}

variable "secrets_kms_key_arn" {
  description = "Key that encrypts the secrets."
  type        = string
}

variable "logs_kms_key_arn" {
  description = "Key that encrypts log groups."
  type        = string
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the roles made here."
  type        = string
}

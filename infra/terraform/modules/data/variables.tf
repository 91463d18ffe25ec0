variable "name" {
  description = "Prefix of every name, as in cirrusgram-prod."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.name))
    error_message = "Use 3 to 31 small letters, digits and hyphens: names of buckets and caches allow no more."
  }
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "vpc_cidr" {
  description = "Its address range, where endpoints of AWS services answer."
  type        = string
}

variable "data_subnet_ids" {
  description = "Subnets without a way out, one for each zone."
  type        = list(string)
}

variable "client_security_group_ids" {
  description = "Security groups that use the storage, by what they are (nodes, functions, migrations)."
  type        = map(string)
}

variable "secret_arns" {
  description = "Secrets by purpose, from the module secrets; used here: database and bus."
  type        = map(string)
}

variable "kms_key_arn" {
  description = "Key that encrypts what is stored."
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

variable "deletion_protection" {
  description = "Whether the database refuses to be deleted and leaves a snapshot, and buckets must be empty first."
  type        = bool
}

variable "deleted_files_days" {
  description = "Days for which a deleted file can be had back."
  type        = number
  default     = 14
}

variable "database" {
  description = "The MySQL instance. multi_az: a standby in another zone that takes over; backup_days: how far back a point in time can be restored."
  type = object({
    engine_version  = optional(string, "8.4")
    instance_class  = string
    storage_gib     = number
    max_storage_gib = number
    multi_az        = bool
    backup_days     = number
  })

  validation {
    condition     = var.database.backup_days >= 1 && var.database.backup_days <= 35
    error_message = "RDS keeps backups for 1 to 35 days; 0 would switch them off."
  }

  validation {
    condition     = var.database.max_storage_gib > var.database.storage_gib && var.database.storage_gib >= 20
    error_message = "Storage begins at 20 GiB and needs room to grow."
  }
}

variable "cache" {
  description = "The cache. nodes: 1, or more for replicas in other zones with automatic failover."
  type = object({
    node_type     = string
    nodes         = number
    snapshot_days = optional(number, 1)
  })

  validation {
    condition     = var.cache.nodes >= 1 && var.cache.nodes <= 6
    error_message = "One primary and up to five replicas."
  }
}

variable "cache_user" {
  description = "Name of the cache user, as in its secret."
  type        = string
  default     = "cirrusgram"
}

variable "cache_password" {
  description = "Password of the cache user, as in its secret; write-only, kept out of the state."
  type        = string
  sensitive   = true

  validation {
    condition     = can(regex("^[A-Za-z0-9]{16,128}$", var.cache_password))
    error_message = "ElastiCache takes 16 to 128 characters; keep to letters and digits."
  }
}

variable "cache_password_version" {
  description = "Raise it to have a changed password take effect: what is write-only cannot be compared."
  type        = number
  default     = 1
}

variable "bus" {
  description = "The Kafka cluster. brokers: a multiple of the zones; partitions: of each topic, the most consumers that share it."
  type = object({
    kafka_version = optional(string, "3.9.x")
    instance_type = string
    brokers       = number
    volume_gib    = number
    partitions    = optional(number, 12)
  })

  validation {
    condition     = var.bus.brokers >= 2
    error_message = "Two brokers at least: a record must outlive one of them."
  }
}

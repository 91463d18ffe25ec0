variable "name" {
  description = "Prefix of every name, as in cirrusgram-prod; nodes find a function as NAME-NAMESPACE."
  type        = string
}

variable "manifest" {
  description = "What `cirrusgram package` wrote as manifest.json."
  type = object({
    handler      = string
    runtime      = string
    architecture = string
    packages = list(object({
      name      = string
      kind      = string
      namespace = optional(string)
      sha256    = string
    }))
  })

  validation {
    condition     = alltrue([for package in var.manifest.packages : can(regex("^[0-9a-f]{64}$", package.sha256)) && contains(["function", "layer"], package.kind)])
    error_message = "Each package is a function or a layer and has its SHA-256 in hex."
  }
}

variable "artifacts_bucket" {
  description = "Bucket with the zips as lambda/SHA256.zip."
  type        = string
}

variable "alias" {
  description = "Alias that nodes invoke; it follows each deploy."
  type        = string
  default     = "live"
}

variable "memory_mib" {
  description = "Memory by namespace, MiB; `default` for the others. A processor comes with 1769."
  type        = map(number)
  default     = { default = 1024 }

  validation {
    condition     = contains(keys(var.memory_mib), "default") && alltrue([for value in values(var.memory_mib) : value >= 256 && value <= 10240])
    error_message = "Give `default`, and from 256 to 10240 MiB each."
  }
}

variable "timeout_s" {
  description = "Seconds that a call may take; a node waits 30."
  type        = number
  default     = 29

  validation {
    condition     = var.timeout_s >= 5 && var.timeout_s <= 29
    error_message = "From 5 to 29: a node gives up after 30."
  }
}

variable "reserved_concurrency" {
  description = "Executions reserved for a namespace, which are also the most it gets. Together they bound the connections of the proxy."
  type        = map(number)
  default     = {}
}

variable "provisioned_concurrency" {
  description = "Executions of a namespace kept warm."
  type        = map(number)
  default     = {}
}

variable "batch_size" {
  description = "Records that one invocation of a consumer gets at most."
  type        = number
  default     = 100

  validation {
    condition     = var.batch_size >= 1 && var.batch_size <= 10000
    error_message = "From 1 to 10000."
  }
}

variable "pollers" {
  description = "Pollers of the event source mapping; one takes about 5 MB/s and costs by the hour, the first more than a small database."
  type        = object({ minimum = number, maximum = number })
  default     = { minimum = 1, maximum = 4 }

  validation {
    condition     = var.pollers.minimum >= 1 && var.pollers.maximum >= var.pollers.minimum
    error_message = "At least one, and no fewer at most than at least."
  }
}

variable "egress_ports" {
  description = "TCP ports that functions may reach outside: 443 for AWS, and what the settings need (587 for mail)."
  type        = list(number)
  default     = [443]
}

variable "schema_ready" {
  description = "From the module migrations: new code is deployed once the schema suits it."
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
  description = "Subnets of the functions."
  type        = list(string)
}

variable "settings" {
  description = "CIRRUSGRAM_* settings, from the module data and the root."
  type        = map(string)
}

variable "secret_arns" {
  description = "Secrets by purpose, from the module secrets."
  type        = map(string)
}

variable "bus_arn" {
  description = "Kafka cluster that wakes the consumers."
  type        = string
}

variable "blobs_bucket_arn" {
  description = "Bucket of uploads and files."
  type        = string
}

variable "data_kms_key_arn" {
  description = "Key that encrypts blobs and queues."
  type        = string
}

variable "secrets_kms_key_arn" {
  description = "Key that encrypts the secrets and the functions' environments."
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

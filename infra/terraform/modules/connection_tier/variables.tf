variable "name" {
  description = "Prefix of every name, as in cirrusgram-prod; names of load balancers leave it 20 characters."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,19}$", var.name))
    error_message = "Use 3 to 20 small letters, digits and hyphens."
  }
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

variable "cpu" {
  description = "Processor of a node, in 1/1024 of one; a node uses little more than one."
  type        = number

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096], var.cpu)
    error_message = "Fargate knows 256, 512, 1024, 2048 and 4096."
  }
}

variable "memory_mib" {
  description = "Memory of a node, MiB."
  type        = number
}

variable "nodes_min" {
  description = "Nodes that always run."
  type        = number

  validation {
    condition     = var.nodes_min >= 1
    error_message = "One node at least."
  }
}

variable "nodes_max" {
  description = "Nodes that autoscaling stops at."
  type        = number
}

variable "connections_per_node" {
  description = "Connections that autoscaling aims at on each node; keep it well below max_connections, which a deploy and a lost zone need."
  type        = number
}

variable "max_connections" {
  description = "Connections that a node takes at most."
  type        = number
  default     = 20000

  validation {
    condition     = var.max_connections >= 100 && var.max_connections <= 60000
    error_message = "From 100 to 60000: a task may open 65535 files."
  }
}

variable "client_ports" {
  description = "Ports that clients try, the first is the one they are told."
  type        = list(number)
  default     = [443, 80, 5222]

  validation {
    condition     = contains(var.client_ports, 443)
    error_message = "443 must be among them: many networks let nothing else through, and web clients need it."
  }
}

variable "idle_timeout_s" {
  description = "Seconds without a byte after which the load balancer forgets a connection; clients ping every minute, sleeping phones far less often."
  type        = number
  default     = 6000

  validation {
    condition     = var.idle_timeout_s >= 350 && var.idle_timeout_s <= 6000
    error_message = "AWS allows up to 6000; less than 350 breaks sleeping clients."
  }
}

variable "drain_s" {
  description = "Seconds that a node which leaves keeps its clients; longer than a deploy takes to bring up its successors."
  type        = number
  default     = 900

  validation {
    condition     = var.drain_s >= 300 && var.drain_s <= 3600
    error_message = "AWS allows up to 3600; a deploy takes up to five minutes to bring up new nodes."
  }
}

variable "web_certificate_arn" {
  description = "ACM certificate of the host name that web clients use; null: no wss."
  type        = string
  default     = null
}

variable "web_origins" {
  description = "Sites whose pages may connect, comma-separated, or * for all."
  type        = string
  default     = "*"
}

variable "routes" {
  description = "Where methods run, as in upload.*=local,*=lambda."
  type        = string

  validation {
    condition     = can(regex("(^|,)\\*=(local|lambda)$", var.routes))
    error_message = "The last route must be *=local or *=lambda; nodes on Fargate have no workers."
  }
}

variable "lambda_alias" {
  description = "Alias of the functions that nodes invoke."
  type        = string
  default     = "live"
}

variable "dc_id" {
  description = "The data centre that this deployment calls itself."
  type        = number
  default     = 2

  validation {
    condition     = var.dc_id >= 1 && var.dc_id <= 999
    error_message = "From 1 to 999."
  }
}

variable "egress_ports" {
  description = "TCP ports that nodes may reach outside: 443 for AWS, and what the settings need (587 for mail)."
  type        = list(number)
  default     = [443]
}

variable "deletion_protection" {
  description = "Whether load balancers refuse to be deleted."
  type        = bool
}

variable "schema_ready" {
  description = "From the module migrations: nodes start once the schema suits them."
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

variable "public_subnet_ids" {
  description = "Subnets of the load balancers."
  type        = list(string)
}

variable "private_subnet_ids" {
  description = "Subnets of the nodes."
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

variable "blobs_bucket_arn" {
  description = "Bucket of uploads and files."
  type        = string
}

variable "access_logs_bucket" {
  description = "Bucket that the web load balancer logs to."
  type        = string
}

variable "data_kms_key_arn" {
  description = "Key that encrypts the blobs."
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

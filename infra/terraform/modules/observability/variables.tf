variable "name" {
  description = "Prefix of every name, as in cirrusgram-prod."
  type        = string
}

variable "alarm_emails" {
  description = "Addresses that alarms are sent to; each confirms once."
  type        = set(string)

  validation {
    condition     = alltrue([for address in var.alarm_emails : can(regex("^[^@ ]+@[^@ ]+$", address))])
    error_message = "These are e-mail addresses."
  }
}

variable "monthly_budget_usd" {
  description = "Dollars a month beyond which the forecast is reported; null: no budget."
  type        = number
  default     = null
}

variable "lag_max" {
  description = "Records a consumer may be behind for five minutes."
  type        = number
  default     = 5000
}

variable "nodes_min" {
  description = "Nodes that should run at least."
  type        = number
}

variable "database_free_storage_gib" {
  description = "Free storage of the database below which a person should know."
  type        = number
  default     = 5
}

variable "load_balancer_arn_suffix" {
  description = "The clients' load balancer."
  type        = string
}

variable "target_group_arn_suffix" {
  description = "Its target group."
  type        = string
}

variable "cluster_name" {
  description = "The ECS cluster."
  type        = string
}

variable "service_name" {
  description = "The ECS service of the nodes."
  type        = string
}

variable "function_names" {
  description = "Lambda functions by namespace."
  type        = map(string)
}

variable "failure_queue_names" {
  description = "Queues of consumers' failures by namespace."
  type        = map(string)
}

variable "database_instance_id" {
  description = "The database instance."
  type        = string
}

variable "database_proxy_name" {
  description = "The database proxy."
  type        = string
}

variable "cache_id" {
  description = "The cache's replication group."
  type        = string
}

variable "bus_name" {
  description = "The Kafka cluster."
  type        = string
}

variable "logs_kms_key_arn" {
  description = "Key of the alarm topic."
  type        = string
}

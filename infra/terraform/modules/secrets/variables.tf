variable "name" {
  description = "Prefix of every name, as in cirrusgram-prod."
  type        = string
}

variable "deletion_window_days" {
  description = "Days for which a deleted key or secret can be had back."
  type        = number
  default     = 30

  validation {
    condition     = var.deletion_window_days >= 7 && var.deletion_window_days <= 30
    error_message = "AWS keeps them for 7 to 30 days."
  }
}

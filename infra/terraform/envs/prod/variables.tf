variable "region" {
  description = "AWS region of everything."
  type        = string
  default     = "eu-central-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "Name a region, as in eu-central-1."
  }
}

variable "zone_letters" {
  description = "Availability zones to use, by their last letter; not every region has every letter."
  type        = list(string)
  default     = ["a", "b", "c"]

  validation {
    condition     = length(var.zone_letters) == 3
    error_message = "This root is laid out for three zones."
  }
}

variable "image_digest" {
  description = "Digest of the server's image in the repository that the module ci makes, sha256:…"
  type        = string

  validation {
    condition     = can(regex("^sha256:[0-9a-f]{64}$", var.image_digest))
    error_message = "Give the digest that docker push printed; a tag says nothing about what runs."
  }
}

variable "manifest_file" {
  description = "The manifest.json of cirrusgram package; its zips lie in the artifacts bucket."
  type        = string
}

variable "cache_password" {
  description = "Password of the cache user, as in its secret; letters and digits. Write-only: it is not kept in the state."
  type        = string
  sensitive   = true
}

variable "cache_password_version" {
  description = "Raise it to have a changed cache password take effect."
  type        = number
  default     = 1
}

variable "repository" {
  description = "OWNER/NAME of the repository whose CI jobs may deploy."
  type        = string
}

variable "create_oidc_provider" {
  description = "Whether this root makes the account's identity provider for the CI system; false where it exists."
  type        = bool
  default     = true
}

variable "state_bucket" {
  description = "Bucket of the Terraform state, as in backend.hcl."
  type        = string
}

variable "run_migrations" {
  description = "Whether an apply migrates the schema before it deploys code; needs the AWS command line."
  type        = bool
  default     = true
}

variable "web_certificate_arn" {
  description = "ACM certificate for wss; null: no web clients."
  type        = string
  default     = null
}

variable "web_origins" {
  description = "Sites whose pages may connect, comma-separated, or * for all."
  type        = string
  default     = "*"
}

variable "egress_ports" {
  description = "TCP ports that nodes and functions may reach outside; add 587 for mail by SMTP."
  type        = list(number)
  default     = [443]
}

variable "extra_settings" {
  description = "More CIRRUSGRAM_* settings for nodes and functions, as CIRRUSGRAM_LOG_LEVEL; a secret only as a reference (docs/reference/settings.md)."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.extra_settings) : startswith(name, "CIRRUSGRAM_")])
    error_message = "Settings begin with CIRRUSGRAM_."
  }

  validation {
    condition     = !startswith(lookup(var.extra_settings, "CIRRUSGRAM_LOGIN_CODE", "log"), "fixed")
    error_message = "A fixed login code lets everyone in as anyone: not on a server that others can reach."
  }
}

variable "alarm_emails" {
  description = "Addresses that alarms are sent to."
  type        = set(string)
  default     = []
}

variable "monthly_budget_usd" {
  description = "Dollars a month beyond which the forecast is reported; null: no budget."
  type        = number
  default     = null
}

variable "name" {
  description = "Prefix of every name, as in cirrusgram-prod."
  type        = string
}

variable "environment" {
  description = "Environment of the CI system that guards deploys, with its reviewers."
  type        = string
}

variable "repository" {
  description = "OWNER/NAME of the repository whose jobs may take on the roles."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$", var.repository))
    error_message = "Write OWNER/NAME, without wildcards."
  }
}

variable "publish_refs" {
  description = "Git refs whose jobs may publish images and zips."
  type        = list(string)
  default     = ["refs/heads/main"]
}

variable "oidc_issuer_url" {
  description = "Who vouches for the CI system's jobs."
  type        = string
  default     = "https://token.actions.githubusercontent.com"

  validation {
    condition     = startswith(var.oidc_issuer_url, "https://")
    error_message = "An issuer is an https:// address."
  }
}

variable "create_oidc_provider" {
  description = "Whether to make the identity provider; an account has one for each issuer, so that only one root can."
  type        = bool
}

variable "state_bucket" {
  description = "Bucket of the Terraform state."
  type        = string
}

variable "data_kms_key_arn" {
  description = "Key that encrypts images and zips."
  type        = string
}

variable "withheld_secret_arns" {
  description = "Secrets that not even the deploy role reads."
  type        = list(string)
}

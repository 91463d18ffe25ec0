variable "name" {
  description = "Prefix of every name, as in cirrusgram-prod."
  type        = string
}

variable "cidr" {
  description = "Address range of the VPC; a /16 leaves 4096 addresses for each subnet."
  type        = string

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && try(tonumber(split("/", var.cidr)[1]), 0) >= 16 && try(tonumber(split("/", var.cidr)[1]), 99) <= 20
    error_message = "Give an IPv4 range from /16 to /20."
  }
}

variable "zones" {
  description = "Availability zones to use, by name. MSK and the database need two; changing their order moves subnets."
  type        = list(string)

  validation {
    condition     = length(var.zones) >= 2 && length(var.zones) <= 4 && length(distinct(var.zones)) == length(var.zones)
    error_message = "Name two to four different zones."
  }
}

variable "single_nat_gateway" {
  description = "One NAT gateway for all zones: cheaper, and a way out that one zone's failure closes."
  type        = bool
  default     = false
}

variable "interface_endpoints" {
  description = "AWS services that are reached inside the VPC instead of through NAT, by the last part of their endpoint's name."
  type        = set(string)
  default     = []
}

variable "flow_log_traffic" {
  description = "Which traffic the flow log records: ALL, or REJECT to pay for less."
  type        = string
  default     = "ALL"

  validation {
    condition     = contains(["ALL", "REJECT"], var.flow_log_traffic)
    error_message = "Use ALL or REJECT."
  }
}

variable "log_retention_days" {
  description = "Days that flow logs are kept."
  type        = number
}

variable "logs_kms_key_arn" {
  description = "Key that encrypts log groups."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the roles made here."
  type        = string
}

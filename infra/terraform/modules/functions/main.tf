# A Lambda for each namespace of functions, with a role of its own. permissions.json says what each namespace uses; a
# test derives the same from the source, so that a new namespace or a new use of the storage has to be granted here.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  permissions = jsondecode(file("${path.module}/permissions.json"))
  namespaces  = local.permissions.namespaces
  consumers   = { for name, uses in local.namespaces : name => uses if length(uses.topics) > 0 }

  packages = { for package in var.manifest.packages : package.namespace => package if package.kind == "function" }
  layers   = { for package in var.manifest.packages : package.name => package if package.kind == "layer" }

  # A namespace that sends nothing to the bus is told where it is, as every function expects, but not by whose name.
  bus_without_user = replace(var.settings["CIRRUSGRAM_BUS_URL"], "/\\/\\/.*@/", "//")

  settings = {
    for name, uses in local.namespaces : name => merge(
      # Keys and passwords may be in how codes and mail leave: only who sends is told.
      { for setting, value in var.settings : setting => value if !contains(["CIRRUSGRAM_LOGIN_CODE", "CIRRUSGRAM_MAIL"], setting) || contains(uses.sends, lower(trimprefix(setting, "CIRRUSGRAM_"))) },
      { for setting, url in { CIRRUSGRAM_BUS_URL = local.bus_without_user } : setting => url if !uses.bus },
      {
        CIRRUSGRAM_NAMESPACE = name
        CIRRUSGRAM_TRACING   = "true"
        CIRRUSGRAM_DATA      = "/tmp"
        # Powertools logs and measures under these.
        POWERTOOLS_SERVICE_NAME = "functions.${name}"
        POWERTOOLS_LOG_LEVEL    = "INFO"
      },
    )
  }
}

module "secret_references" {
  source   = "../secret_references"
  for_each = local.settings

  settings = each.value
}

resource "aws_security_group" "this" {
  name_prefix = "${var.name}-functions-"
  description = "Functions"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-functions" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "storage" {
  for_each = { database = 3306, cache = 6379, bus = 9096 }

  security_group_id = aws_security_group.this.id
  description       = "To the ${each.key}"
  cidr_ipv4         = var.vpc_cidr
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}

resource "aws_vpc_security_group_egress_rule" "internet" {
  for_each = toset([for port in var.egress_ports : tostring(port)])

  security_group_id = aws_security_group.this.id
  description       = "APIs of AWS and what the settings name outside, port ${each.value}"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = tonumber(each.value)
  to_port           = tonumber(each.value)
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = local.namespaces

  name              = "/aws/lambda/${var.name}-${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_kms_key_arn
}

resource "aws_lambda_layer_version" "this" {
  for_each = local.layers

  layer_name               = "${var.name}-${each.key}"
  s3_bucket                = var.artifacts_bucket
  s3_key                   = "lambda/${each.value.sha256}.zip"
  compatible_runtimes      = [var.manifest.runtime]
  compatible_architectures = [var.manifest.architecture]

  lifecycle {
    create_before_destroy = true
  }
}

# Holds the migration's mark: the functions below wait for it.
resource "terraform_data" "schema" {
  input = var.schema_ready
}

resource "aws_lambda_function" "this" {
  # checkov:skip=CKV_AWS_116:nodes invoke it and wait for the answer; the consumer's failures go to the queue of its mapping
  # checkov:skip=CKV_AWS_272:the zips are named by their SHA-256 in a bucket that only the CI role writes to
  # checkov:skip=CKV_AWS_115:reserved concurrency is a variable; without it a namespace shares the account's
  for_each = local.namespaces

  function_name = "${var.name}-${each.key}"
  description   = "TL methods of ${each.key}"
  role          = aws_iam_role.this[each.key].arn
  handler       = var.manifest.handler
  runtime       = var.manifest.runtime
  architectures = [var.manifest.architecture]
  s3_bucket     = var.artifacts_bucket
  s3_key        = "lambda/${local.packages[each.key].sha256}.zip"
  layers        = [for name in sort(keys(local.layers)) : aws_lambda_layer_version.this[name].arn]
  publish       = true

  memory_size                    = lookup(var.memory_mib, each.key, var.memory_mib["default"])
  timeout                        = var.timeout_s
  reserved_concurrent_executions = lookup(var.reserved_concurrency, each.key, -1)
  kms_key_arn                    = var.secrets_kms_key_arn

  vpc_config {
    subnet_ids         = var.private_subnet_ids
    security_group_ids = [aws_security_group.this.id]
  }

  environment {
    variables = local.settings[each.key]
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_format = "Text" # powertools' lines are JSON already
    log_group  = aws_cloudwatch_log_group.this[each.key].name
  }

  lifecycle {
    precondition {
      condition     = contains(keys(local.packages), each.key)
      error_message = "The manifest has no package of the namespace ${each.key}: run cirrusgram package on this commit."
    }
  }

  depends_on = [aws_iam_role_policy.this, terraform_data.schema]
}

resource "aws_lambda_alias" "live" {
  for_each = local.namespaces

  name             = var.alias
  description      = "What nodes invoke"
  function_name    = aws_lambda_function.this[each.key].function_name
  function_version = aws_lambda_function.this[each.key].version
}

resource "aws_lambda_provisioned_concurrency_config" "this" {
  for_each = { for name, count in var.provisioned_concurrency : name => count if count > 0 }

  function_name                     = aws_lambda_function.this[each.key].function_name
  qualifier                         = aws_lambda_alias.live[each.key].name
  provisioned_concurrent_executions = each.value
}

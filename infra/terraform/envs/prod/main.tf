# Production: every part in three zones, nothing that one failure takes away.
# The first apply is in two steps, for images, zips and secrets have to be somewhere before the rest can start:
# docs/how-to/deploy-to-aws.md.

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Project     = "cirrusgram"
      Environment = local.environment
    }
  }
}

locals {
  environment         = "prod"
  name                = "cirrusgram-${local.environment}"
  log_retention_days  = 365
  deletion_protection = true
  manifest            = jsondecode(file(var.manifest_file))
  cpu_architecture    = { arm64 = "ARM64", x86_64 = "X86_64" }[local.manifest.architecture]
  image               = "${module.ci.repository_url}@${var.image_digest}"
  settings            = merge({ CIRRUSGRAM_PRODUCTION = "true" }, module.data.settings, var.extra_settings)
}

module "secrets" {
  source = "../../modules/secrets"

  name                 = local.name
  deletion_window_days = 30
}

module "ci" {
  source = "../../modules/ci"

  name                 = local.name
  environment          = local.environment
  repository           = var.repository
  create_oidc_provider = var.create_oidc_provider
  state_bucket         = var.state_bucket
  data_kms_key_arn     = module.secrets.data_kms_key_arn
  withheld_secret_arns = [module.secrets.arns["rsa_key"], module.secrets.arns["master_key"]]
}

module "network" {
  source = "../../modules/network"

  name                     = local.name
  cidr                     = "10.65.0.0/16"
  zones                    = [for letter in var.zone_letters : "${var.region}${letter}"]
  single_nat_gateway       = false
  flow_log_traffic         = "ALL"
  log_retention_days       = local.log_retention_days
  logs_kms_key_arn         = module.secrets.logs_kms_key_arn
  permissions_boundary_arn = module.ci.permissions_boundary_arn

  interface_endpoints = ["ecr.api", "ecr.dkr", "kms", "lambda", "logs", "monitoring", "secretsmanager", "sqs", "sts", "xray"]
}

module "data" {
  source = "../../modules/data"

  name            = local.name
  vpc_id          = module.network.vpc_id
  vpc_cidr        = module.network.cidr
  data_subnet_ids = module.network.data_subnet_ids
  client_security_group_ids = {
    nodes      = module.connection_tier.security_group_id
    functions  = module.functions.security_group_id
    migrations = module.migrations.security_group_id
  }

  database = {
    instance_class  = "db.r8g.xlarge"
    storage_gib     = 400
    max_storage_gib = 4000
    multi_az        = true
    backup_days     = 35
  }

  cache = {
    node_type     = "cache.r7g.large"
    nodes         = 3
    snapshot_days = 7
  }

  bus = {
    instance_type = "kafka.m7g.large"
    brokers       = 3
    volume_gib    = 200
    partitions    = 48
  }

  cache_password           = var.cache_password
  cache_password_version   = var.cache_password_version
  deleted_files_days       = 30
  deletion_protection      = local.deletion_protection
  secret_arns              = module.secrets.arns
  kms_key_arn              = module.secrets.data_kms_key_arn
  secrets_kms_key_arn      = module.secrets.secrets_kms_key_arn
  logs_kms_key_arn         = module.secrets.logs_kms_key_arn
  log_retention_days       = local.log_retention_days
  permissions_boundary_arn = module.ci.permissions_boundary_arn
}

module "migrations" {
  source = "../../modules/migrations"

  name                     = local.name
  run                      = var.run_migrations
  image                    = local.image
  repository_arn           = module.ci.repository_arn
  cpu_architecture         = local.cpu_architecture
  cluster_arn              = module.connection_tier.cluster_arn
  vpc_id                   = module.network.vpc_id
  vpc_cidr                 = module.network.cidr
  private_subnet_ids       = module.network.private_subnet_ids
  settings                 = local.settings
  database_endpoint        = module.data.database_endpoint
  database_name            = module.data.database_name
  administrator_secret_arn = module.data.administrator_secret_arn
  secret_arns              = module.secrets.arns
  blobs_bucket_arn         = module.data.blobs_bucket_arn
  secrets_kms_key_arn      = module.secrets.secrets_kms_key_arn
  logs_kms_key_arn         = module.secrets.logs_kms_key_arn
  log_retention_days       = local.log_retention_days
  permissions_boundary_arn = module.ci.permissions_boundary_arn
}

module "connection_tier" {
  source = "../../modules/connection_tier"

  name                 = local.name
  image                = local.image
  repository_arn       = module.ci.repository_arn
  cpu_architecture     = local.cpu_architecture
  cpu                  = 2048
  memory_mib           = 8192
  nodes_min            = 3
  nodes_max            = 30
  connections_per_node = 12000
  max_connections      = 20000
  drain_s              = 900
  routes               = "upload.*=local,*=lambda"
  web_certificate_arn  = var.web_certificate_arn
  web_origins          = var.web_origins
  egress_ports         = var.egress_ports

  vpc_id             = module.network.vpc_id
  vpc_cidr           = module.network.cidr
  public_subnet_ids  = module.network.public_subnet_ids
  private_subnet_ids = module.network.private_subnet_ids

  settings                 = local.settings
  schema_ready             = module.migrations.done
  secret_arns              = module.secrets.arns
  blobs_bucket_arn         = module.data.blobs_bucket_arn
  access_logs_bucket       = module.data.access_logs_bucket
  data_kms_key_arn         = module.secrets.data_kms_key_arn
  secrets_kms_key_arn      = module.secrets.secrets_kms_key_arn
  logs_kms_key_arn         = module.secrets.logs_kms_key_arn
  log_retention_days       = local.log_retention_days
  deletion_protection      = local.deletion_protection
  permissions_boundary_arn = module.ci.permissions_boundary_arn
}

module "functions" {
  source = "../../modules/functions"

  name             = local.name
  manifest         = local.manifest
  artifacts_bucket = module.ci.artifacts_bucket
  pollers          = { minimum = 2, maximum = 20 }
  egress_ports     = var.egress_ports

  memory_mib = { default = 1024, messages = 1769, sync = 1769 }

  # Together they stay below the connections that the proxy may open; see docs/how-to/deploy-to-aws.md.
  reserved_concurrency    = { messages = 200, sync = 100, updates = 100 }
  provisioned_concurrency = { messages = 20, sync = 5, updates = 10, users = 5 }

  vpc_id             = module.network.vpc_id
  vpc_cidr           = module.network.cidr
  private_subnet_ids = module.network.private_subnet_ids

  settings                 = local.settings
  schema_ready             = module.migrations.done
  secret_arns              = module.secrets.arns
  bus_arn                  = module.data.bus_arn
  blobs_bucket_arn         = module.data.blobs_bucket_arn
  data_kms_key_arn         = module.secrets.data_kms_key_arn
  secrets_kms_key_arn      = module.secrets.secrets_kms_key_arn
  logs_kms_key_arn         = module.secrets.logs_kms_key_arn
  log_retention_days       = local.log_retention_days
  permissions_boundary_arn = module.ci.permissions_boundary_arn
}

module "observability" {
  source = "../../modules/observability"

  name                     = local.name
  alarm_emails             = var.alarm_emails
  monthly_budget_usd       = var.monthly_budget_usd
  lag_max                  = 5000
  nodes_min                = 3
  load_balancer_arn_suffix = module.connection_tier.load_balancer_arn_suffix
  target_group_arn_suffix  = module.connection_tier.target_group_arn_suffix
  cluster_name             = module.connection_tier.cluster_name
  service_name             = module.connection_tier.service_name
  function_names           = module.functions.function_names
  failure_queue_names      = module.functions.failure_queue_names
  database_instance_id     = module.data.database_instance_id
  database_proxy_name      = module.data.database_proxy_name
  cache_id                 = module.data.cache_id
  bus_name                 = module.data.bus_name
  logs_kms_key_arn         = module.secrets.logs_kms_key_arn
}

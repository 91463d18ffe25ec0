# Development: everything there is, as small as it comes.
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
  environment         = "dev"
  name                = "cirrusgram-${local.environment}"
  log_retention_days  = 365
  deletion_protection = false
  manifest            = jsondecode(file(var.manifest_file))
  cpu_architecture    = { arm64 = "ARM64", x86_64 = "X86_64" }[local.manifest.architecture]
  image               = "${module.ci.repository_url}@${var.image_digest}"
  settings            = merge({ CIRRUSGRAM_PRODUCTION = "true" }, module.data.settings, var.extra_settings)
}

module "secrets" {
  source = "../../modules/secrets"

  name                 = local.name
  deletion_window_days = 7
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
  cidr                     = "10.64.0.0/16"
  zones                    = [for letter in var.zone_letters : "${var.region}${letter}"]
  single_nat_gateway       = true
  flow_log_traffic         = "REJECT"
  log_retention_days       = local.log_retention_days
  logs_kms_key_arn         = module.secrets.logs_kms_key_arn
  permissions_boundary_arn = module.ci.permissions_boundary_arn

  # Lambda's pollers sit in the data subnets' group without a way out: what they call must be inside. The rest goes
  # through the one NAT gateway, which is cheaper than more endpoints.
  interface_endpoints = ["lambda", "secretsmanager", "sts"]
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
    instance_class  = "db.t4g.medium"
    storage_gib     = 20
    max_storage_gib = 100
    multi_az        = false
    backup_days     = 7
  }

  cache = {
    node_type = "cache.t4g.micro"
    nodes     = 1
  }

  bus = {
    instance_type = "kafka.t3.small"
    brokers       = 2
    volume_gib    = 10
    partitions    = 4
  }

  cache_password           = var.cache_password
  cache_password_version   = var.cache_password_version
  deleted_files_days       = 1
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
  cpu                  = 512
  memory_mib           = 1024
  nodes_min            = 1
  nodes_max            = 2
  connections_per_node = 2000
  max_connections      = 5000
  drain_s              = 300
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
  pollers          = { minimum = 1, maximum = 1 }
  egress_ports     = var.egress_ports

  memory_mib = { default = 512 }

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
  lag_max                  = 1000
  nodes_min                = 1
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

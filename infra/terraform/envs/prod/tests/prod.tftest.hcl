# Production planned and applied with made-up values; the points that a review would look at.

mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  image_digest        = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
  manifest_file       = "../../tests/manifest.json"
  repository          = "example/cirrusgram"
  state_bucket        = "example-terraform-state"
  cache_password      = "example0example0"
  web_certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
  alarm_emails        = ["operator@example.org"]
  run_migrations      = false
}

run "whole" {
  # What the modules' own tests cannot see: that they fit together.
  command = apply

  assert {
    condition     = length(output.client_addresses) == 3
    error_message = "clients are given one fixed address for each zone"
  }

  assert {
    condition     = toset(keys(output.secret_arns)) == toset(["bus", "cache", "database", "master_key", "rsa_key"])
    error_message = "five secrets wait for their values"
  }

  assert {
    condition     = module.data.resilience.database_multi_az && module.data.resilience.deletion_protection && module.data.resilience.final_snapshot && module.data.resilience.backup_days == 35
    error_message = "the database has a standby, a month of backups and cannot be deleted by mistake"
  }

  assert {
    condition     = module.data.resilience.cache_nodes >= 2 && module.data.resilience.brokers >= 3
    error_message = "cache and bus survive a zone"
  }

  assert {
    condition     = module.network.nat_gateway_count == 3 && module.connection_tier.resilience.nodes_min >= 3
    error_message = "each zone has its own way out and a node"
  }

  assert {
    condition     = module.connection_tier.resilience.deletion_protection && module.connection_tier.resilience.drain_s >= 900
    error_message = "load balancers cannot be deleted by mistake, and leaving nodes keep their clients"
  }

  assert {
    condition     = toset(keys(output.ci_role_arns)) == toset(["deploy", "plan", "publish"])
    error_message = "CI has three roles"
  }
}

run "network" {
  command = plan

  module {
    source = "../../modules/network"
  }

  variables {
    name                     = "cirrusgram-prod"
    cidr                     = "10.0.0.0/16"
    zones                    = ["eu-central-1a", "eu-central-1b"]
    single_nat_gateway       = false
    interface_endpoints      = ["secretsmanager"]
    log_retention_days       = 365
    logs_kms_key_arn         = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/example"
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 2
    error_message = "a zone has its own way out"
  }

  assert {
    condition     = alltrue([for subnet in aws_subnet.public : subnet.map_public_ip_on_launch == false])
    error_message = "nothing gets a public address by itself"
  }

  assert {
    condition     = length(distinct(concat(aws_subnet.public[*].cidr_block, aws_subnet.private[*].cidr_block, aws_subnet.data[*].cidr_block))) == 6
    error_message = "subnets do not overlap"
  }

  assert {
    condition     = length(aws_route_table.data.route) == 0
    error_message = "storage has no way out"
  }
}

run "a_tag_is_no_image" {
  command = plan

  variables {
    image_digest = "latest"
  }

  expect_failures = [var.image_digest]
}

run "a_fixed_login_code_is_refused" {
  command = plan

  variables {
    extra_settings = { CIRRUSGRAM_LOGIN_CODE = "fixed:12345" }
  }

  expect_failures = [var.extra_settings]
}

# KMS keys, one for each kind of thing they protect, and the secrets' containers. No value of a secret passes through
# Terraform: tools/terraform-secrets.sh puts them there, once, from a machine that forgets them.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account_admin = {
    Sid       = "AccountUsesIam"
    Effect    = "Allow"
    Principal = { AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root" }
    Action    = "kms:*"
    Resource  = "*"
  }

  secrets = {
    database = {
      name        = "${var.name}/database"
      description = "Database user of nodes and functions: {\"username\", \"password\"}"
    }
    bus = {
      # MSK takes only secrets whose names begin so.
      name        = "AmazonMSK_${var.name}"
      description = "SCRAM user of nodes and functions: {\"username\", \"password\"}"
    }
    cache = {
      name        = "${var.name}/cache"
      description = "Cache user of nodes and functions: {\"username\", \"password\"}"
    }
    master_key = {
      name        = "${var.name}/master-key"
      description = "Base64 of the 32 bytes that access hashes, file references and salts are derived from"
    }
    rsa_key = {
      name        = "${var.name}/mtproto-rsa-key"
      description = "PEM of the MTProto RSA key; only nodes read it"
    }
  }
}

resource "aws_kms_key" "data" {
  description             = "${var.name}: database, cache, bus, blobs and queues"
  enable_key_rotation     = true
  deletion_window_in_days = var.deletion_window_days
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [local.account_admin]
  })
}

resource "aws_kms_alias" "data" {
  name          = "alias/${var.name}-data"
  target_key_id = aws_kms_key.data.key_id
}

resource "aws_kms_key" "secrets" {
  description             = "${var.name}: secrets and functions' environments"
  enable_key_rotation     = true
  deletion_window_in_days = var.deletion_window_days
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [local.account_admin]
  })
}

resource "aws_kms_alias" "secrets" {
  name          = "alias/${var.name}-secrets"
  target_key_id = aws_kms_key.secrets.key_id
}

resource "aws_kms_key" "logs" {
  description             = "${var.name}: logs and alarm messages"
  enable_key_rotation     = true
  deletion_window_in_days = var.deletion_window_days
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      local.account_admin,
      {
        Sid       = "LogGroupsOfThisAccount"
        Effect    = "Allow"
        Principal = { Service = "logs.${data.aws_region.current.region}.amazonaws.com" }
        Action    = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:*"
          }
        }
      },
      {
        Sid       = "AlarmsPublishToEncryptedTopics"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
      },
    ]
  })
}

resource "aws_kms_alias" "logs" {
  name          = "alias/${var.name}-logs"
  target_key_id = aws_kms_key.logs.key_id
}

resource "aws_secretsmanager_secret" "this" {
  # checkov:skip=CKV2_AWS_57:the master key and the RSA key are the identity of the deployment and the others are known to brokers and proxies too; docs/how-to/deploy-to-aws.md says how each is changed by hand
  for_each = local.secrets

  name                    = each.value.name
  description             = each.value.description
  kms_key_id              = aws_kms_key.secrets.arn
  recovery_window_in_days = var.deletion_window_days
}

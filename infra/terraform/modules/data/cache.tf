# Valkey without cluster mode (the client speaks to one primary), TLS, one user without dangerous commands.

resource "aws_elasticache_subnet_group" "this" {
  name        = var.name
  description = "Subnets without a way out"
  subnet_ids  = var.data_subnet_ids
}

resource "aws_elasticache_parameter_group" "this" {
  name        = "${var.name}-valkey8"
  description = "Rate limits and queues are not evicted at random: the oldest expiring keys go first"
  family      = "valkey8"

  parameter {
    name  = "maxmemory-policy"
    value = "volatile-ttl"
  }
}

resource "aws_elasticache_user" "this" {
  user_id       = var.name
  user_name     = var.cache_user
  engine        = "valkey"
  access_string = "on ~* &* +@all -@admin -@dangerous"

  # Write-only: it reaches AWS and leaves no trace in the state.
  passwords_wo         = var.cache_password
  passwords_wo_version = var.cache_password_version
}

resource "aws_elasticache_user_group" "this" {
  user_group_id = var.name
  engine        = "valkey"
  user_ids      = [aws_elasticache_user.this.user_id]
}

resource "aws_cloudwatch_log_group" "cache" {
  name              = "/${var.name}/cache"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_kms_key_arn
}

resource "aws_elasticache_replication_group" "this" {
  # checkov:skip=CKV_AWS_31:users of a user group sign in instead of an AUTH token; TLS is required
  # checkov:skip=CKV2_AWS_50:a variable; prod has a replica in another zone and its test asserts that
  replication_group_id = var.name
  description          = "${var.name}: sessions, presence, rate limits, push channels"
  engine               = "valkey"
  engine_version       = "8.0"
  node_type            = var.cache.node_type
  num_cache_clusters   = var.cache.nodes
  parameter_group_name = aws_elasticache_parameter_group.this.name
  port                 = 6379

  automatic_failover_enabled = var.cache.nodes > 1
  multi_az_enabled           = var.cache.nodes > 1

  subnet_group_name          = aws_elasticache_subnet_group.this.name
  security_group_ids         = [aws_security_group.cache.id]
  user_group_ids             = [aws_elasticache_user_group.this.user_group_id]
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  at_rest_encryption_enabled = true
  kms_key_id                 = var.kms_key_arn

  snapshot_retention_limit   = var.cache.snapshot_days
  snapshot_window            = "03:00-04:00"
  maintenance_window         = "sun:04:30-sun:05:30"
  final_snapshot_identifier  = var.deletion_protection ? "${var.name}-final" : null
  auto_minor_version_upgrade = true
  apply_immediately          = false

  log_delivery_configuration {
    destination      = aws_cloudwatch_log_group.cache.name
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "slow-log"
  }
}

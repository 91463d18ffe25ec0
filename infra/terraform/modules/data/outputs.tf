output "database_endpoint" {
  description = "Host of the proxy; its certificate is one that systems trust by default."
  value       = aws_db_proxy.this.endpoint
}

output "database_name" {
  description = "Name of the database."
  value       = aws_db_instance.this.db_name
}

output "database_instance_id" {
  description = "Identifier of the instance, for alarms."
  value       = aws_db_instance.this.identifier
}

output "database_proxy_name" {
  description = "Name of the proxy, for alarms."
  value       = aws_db_proxy.this.name
}

output "administrator_secret_arn" {
  description = "Secret of the database's administrator; RDS made it and changes it. Only migrations read it."
  value       = aws_db_instance.this.master_user_secret[0].secret_arn
}

output "cache_endpoint" {
  description = "HOST:PORT of the cache's primary."
  value       = "${aws_elasticache_replication_group.this.primary_endpoint_address}:6379"
}

output "cache_id" {
  description = "Identifier of the replication group, for alarms."
  value       = aws_elasticache_replication_group.this.replication_group_id
}

output "bus_bootstrap_brokers" {
  description = "HOST:PORT,… of the brokers, for SCRAM over TLS."
  value       = aws_msk_cluster.this.bootstrap_brokers_sasl_scram
}

output "bus_arn" {
  description = "The Kafka cluster, once its SCRAM user is known to it."
  value       = aws_msk_scram_secret_association.this.cluster_arn
}

output "bus_name" {
  description = "Name of the cluster, for alarms."
  value       = aws_msk_cluster.this.cluster_name
}

output "blobs_bucket" {
  description = "Bucket of uploads and files."
  value       = aws_s3_bucket.blobs.id
}

output "blobs_bucket_arn" {
  description = "Its ARN."
  value       = aws_s3_bucket.blobs.arn
}

output "access_logs_bucket" {
  description = "Bucket of access logs; load balancers write below load-balancer/."
  value       = aws_s3_bucket.logs.id
}

output "settings" {
  description = "CIRRUSGRAM_* settings that lead to the storage; passwords are references that each process resolves with its own role."
  value = {
    CIRRUSGRAM_DATABASE_URL = "mysql+pymysql://${local.reference["database"]["username"]}:${local.reference["database"]["password"]}@${aws_db_proxy.this.endpoint}/${aws_db_instance.this.db_name}"
    CIRRUSGRAM_CACHE_URL    = "rediss://${local.reference["cache"]["username"]}:${local.reference["cache"]["password"]}@${aws_elasticache_replication_group.this.primary_endpoint_address}:6379/0"
    CIRRUSGRAM_BUS_URL      = "kafkas://${local.reference["bus"]["username"]}:${local.reference["bus"]["password"]}@${aws_msk_cluster.this.bootstrap_brokers_sasl_scram}/"
    CIRRUSGRAM_BLOB_URL     = "s3://${aws_s3_bucket.blobs.id}?region=${data.aws_region.current.region}"
    CIRRUSGRAM_MASTER_KEY   = "{{resolve:secretsmanager:${var.secret_arns["master_key"]}:SecretString}}"
  }

  # Whoever is told the addresses may connect at once.
  depends_on = [
    aws_db_proxy_target.this,
    aws_msk_scram_secret_association.this,
    aws_vpc_security_group_ingress_rule.proxy,
    aws_vpc_security_group_egress_rule.proxy,
    aws_vpc_security_group_ingress_rule.database,
    aws_vpc_security_group_ingress_rule.cache,
    aws_vpc_security_group_ingress_rule.bus,
  ]
}

output "resilience" {
  description = "What survives what: standby in another zone, days of backups, refusal to be deleted, replicas of the cache, brokers."
  value = {
    database_multi_az   = aws_db_instance.this.multi_az
    backup_days         = aws_db_instance.this.backup_retention_period
    deletion_protection = aws_db_instance.this.deletion_protection
    final_snapshot      = !aws_db_instance.this.skip_final_snapshot
    cache_nodes         = aws_elasticache_replication_group.this.num_cache_clusters
    brokers             = aws_msk_cluster.this.number_of_broker_nodes
  }
}

# Kafka by MSK: SCRAM over TLS, which both librdkafka and Lambda's event source mapping speak.

resource "aws_msk_configuration" "this" {
  name           = var.name
  description    = "Topics are made by cirrusgram migrate; what a client was told is stored is on two brokers"
  kafka_versions = [var.bus.kafka_version]

  server_properties = <<-PROPERTIES
    auto.create.topics.enable=false
    default.replication.factor=${min(var.bus.brokers, 3)}
    min.insync.replicas=${min(var.bus.brokers - 1, 2)}
    num.partitions=${var.bus.partitions}
    log.retention.hours=24
    unclean.leader.election.enable=false
  PROPERTIES

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "bus" {
  name              = "/${var.name}/bus"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_kms_key_arn
}

resource "aws_msk_cluster" "this" {
  cluster_name           = var.name
  kafka_version          = var.bus.kafka_version
  number_of_broker_nodes = var.bus.brokers
  enhanced_monitoring    = "PER_TOPIC_PER_BROKER"

  broker_node_group_info {
    instance_type   = var.bus.instance_type
    client_subnets  = slice(var.data_subnet_ids, 0, min(var.bus.brokers, length(var.data_subnet_ids)))
    security_groups = [aws_security_group.bus.id]

    storage_info {
      ebs_storage_info {
        volume_size = var.bus.volume_gib
      }
    }
  }

  configuration_info {
    arn      = aws_msk_configuration.this.arn
    revision = aws_msk_configuration.this.latest_revision
  }

  client_authentication {
    sasl {
      scram = true
    }
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = var.kms_key_arn

    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.bus.name
      }
    }
  }
}

resource "aws_msk_scram_secret_association" "this" {
  cluster_arn     = aws_msk_cluster.this.arn
  secret_arn_list = [var.secret_arns["bus"]]
}

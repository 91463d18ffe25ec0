# What each module promises whatever the root, seen from inside it.

mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  name                     = "cirrusgram-test"
  vpc_id                   = "vpc-0"
  vpc_cidr                 = "10.0.0.0/16"
  public_subnet_ids        = ["subnet-0", "subnet-1"]
  private_subnet_ids       = ["subnet-2", "subnet-3"]
  data_subnet_ids          = ["subnet-4", "subnet-5", "subnet-6"]
  log_retention_days       = 365
  deletion_protection      = true
  permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
  kms_key_arn              = "arn:aws:kms:eu-central-1:123456789012:key/data"
  data_kms_key_arn         = "arn:aws:kms:eu-central-1:123456789012:key/data"
  secrets_kms_key_arn      = "arn:aws:kms:eu-central-1:123456789012:key/secrets"
  logs_kms_key_arn         = "arn:aws:kms:eu-central-1:123456789012:key/logs"
  blobs_bucket_arn         = "arn:aws:s3:::blobs"
  bus_arn                  = "arn:aws:kafka:eu-central-1:123456789012:cluster/example/0"
  schema_ready             = "done"

  secret_arns = {
    database   = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:database"
    bus        = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:bus"
    cache      = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:cache"
    master_key = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:master_key"
    rsa_key    = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rsa_key"
  }
}

run "data" {
  command = plan

  module {
    source = "../../modules/data"
  }

  variables {
    client_security_group_ids = { nodes = "sg-0" }
    cache_password            = "example0example0"
    database = {
      instance_class  = "db.r8g.large"
      storage_gib     = 100
      max_storage_gib = 200
      multi_az        = true
      backup_days     = 35
    }
    cache = { node_type = "cache.r7g.large", nodes = 2 }
    bus   = { instance_type = "kafka.m7g.large", brokers = 3, volume_gib = 100 }
  }

  assert {
    condition     = aws_db_instance.this.storage_encrypted && aws_db_instance.this.multi_az && aws_db_instance.this.deletion_protection && !aws_db_instance.this.publicly_accessible && !aws_db_instance.this.skip_final_snapshot
    error_message = "the database is encrypted, in two zones, protected and private"
  }

  assert {
    condition     = aws_db_instance.this.backup_retention_period == 35 && aws_db_instance.this.delete_automated_backups == false
    error_message = "backups stay"
  }

  assert {
    condition     = aws_db_instance.this.manage_master_user_password
    error_message = "no password of the database is in Terraform"
  }

  assert {
    condition     = aws_db_proxy.this.require_tls && aws_elasticache_replication_group.this.transit_encryption_mode == "required" && aws_msk_cluster.this.encryption_info[0].encryption_in_transit[0].client_broker == "TLS"
    error_message = "everything is reached by TLS only"
  }

  assert {
    condition     = aws_msk_cluster.this.client_authentication[0].sasl[0].scram
    error_message = "brokers know their clients by SCRAM"
  }

  assert {
    condition     = strcontains(aws_msk_configuration.this.server_properties, "min.insync.replicas=2")
    error_message = "a stored record is on two brokers"
  }

  assert {
    condition     = aws_elasticache_replication_group.this.automatic_failover_enabled && aws_elasticache_replication_group.this.multi_az_enabled
    error_message = "the cache fails over by itself"
  }

  assert {
    condition     = aws_s3_bucket_public_access_block.blobs.block_public_acls && aws_s3_bucket_public_access_block.blobs.block_public_policy && aws_s3_bucket_public_access_block.blobs.ignore_public_acls && aws_s3_bucket_public_access_block.blobs.restrict_public_buckets
    error_message = "blobs are closed to the public"
  }

  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.blobs.rule : rule.expiration[0].days if rule.id == "forgotten-uploads"][0] > 1
    error_message = "parts of an upload outlive the day that the server keeps them"
  }
}

run "connection_tier" {
  command = apply

  module {
    source = "../../modules/connection_tier"
  }

  variables {
    image                = "repository@sha256:0000000000000000000000000000000000000000000000000000000000000000"
    repository_arn       = "arn:aws:ecr:eu-central-1:123456789012:repository/example"
    cpu_architecture     = "ARM64"
    cpu                  = 1024
    memory_mib           = 2048
    nodes_min            = 2
    nodes_max            = 4
    connections_per_node = 1000
    routes               = "upload.*=local,*=lambda"
    web_certificate_arn  = "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
    access_logs_bucket   = "logs"
    settings             = { CIRRUSGRAM_MASTER_KEY = "{{resolve:secretsmanager:id:SecretString}}" }
  }

  assert {
    condition     = toset([for listener in aws_lb_listener.tcp : listener.port]) == toset([80, 443, 5222]) && alltrue([for listener in aws_lb_listener.tcp : listener.protocol == "TCP"])
    error_message = "clients find the ports that they try"
  }

  assert {
    condition     = alltrue([for listener in aws_lb_listener.tcp : listener.tcp_idle_timeout_seconds >= 3600])
    error_message = "a sleeping client's connection is not forgotten within an hour"
  }

  assert {
    condition     = tonumber(aws_lb_target_group.tcp.deregistration_delay) >= 900 && tostring(aws_lb_target_group.tcp.connection_termination) == "false"
    error_message = "a node that leaves keeps its clients for longer than a deploy takes"
  }

  assert {
    condition     = aws_lb_listener.web[0].protocol == "TLS" && aws_lb_listener.web[0].port == 443
    error_message = "web clients come by TLS on 443"
  }

  assert {
    condition     = aws_ecs_service.nodes.deployment_minimum_healthy_percent == 100 && aws_ecs_service.nodes.deployment_circuit_breaker[0].rollback
    error_message = "a deploy takes no node away before its successor serves, and goes back by itself"
  }

  assert {
    condition     = aws_ecs_service.nodes.network_configuration[0].assign_public_ip == false
    error_message = "nodes have no public address"
  }

  assert {
    condition     = alltrue([for container in jsondecode(aws_ecs_task_definition.nodes.container_definitions) : container.readonlyRootFilesystem && can(regex("@sha256:", container.image))])
    error_message = "containers cannot change their files, and their image is a digest"
  }

  assert {
    condition     = alltrue([for container in jsondecode(aws_ecs_task_definition.nodes.container_definitions) : container.name == "rsa-key" || !can(container.secrets)])
    error_message = "the node itself is not given the RSA key's secret in its environment"
  }

  assert {
    condition     = length([for metrics in aws_appautoscaling_policy.connections.target_tracking_scaling_policy_configuration[0].customized_metric_specification[0].metrics : metrics if metrics.return_data]) == 1
    error_message = "autoscaling follows one figure, connections of a node"
  }

  assert {
    condition     = !strcontains(aws_iam_role_policy.task.policy, "rsa_key") && !strcontains(aws_iam_role_policy.task.policy, "\"*\"")
    error_message = "a node's role reads no RSA key and names its resources"
  }
}

run "functions" {
  command = apply

  module {
    source = "../../modules/functions"
  }

  variables {
    artifacts_bucket        = "artifacts"
    reserved_concurrency    = { messages = 10 }
    provisioned_concurrency = { messages = 2 }
    settings = {
      CIRRUSGRAM_BUS_URL    = "kafkas://{{resolve:secretsmanager:arn:aws:secretsmanager:eu-central-1:123456789012:secret:bus:SecretString:username}}:password@broker:9096/"
      CIRRUSGRAM_MASTER_KEY = "{{resolve:secretsmanager:arn:aws:secretsmanager:eu-central-1:123456789012:secret:master_key:SecretString}}"
      CIRRUSGRAM_LOGIN_CODE = "sns:?region=eu-west-1&sender=Chat"
      CIRRUSGRAM_MAIL       = "smtp://user:{{resolve:secretsmanager:smtp:SecretString:password}}@mail.example.org"
    }
    manifest = {
      handler      = "functions.aws.handler"
      runtime      = "python3.12"
      architecture = "arm64"
      packages = concat(
        [for name in keys(jsondecode(file("../../modules/functions/permissions.json")).namespaces) : { name = name, kind = "function", namespace = name, sha256 = sha256(name) }],
        [{ name = "layer-code", kind = "layer", sha256 = sha256("code") }],
      )
    }
  }

  assert {
    condition     = length(aws_lambda_function.this) == length(jsondecode(file("../../modules/functions/permissions.json")).namespaces) && length(distinct([for role in aws_iam_role.this : role.name])) == length(jsondecode(file("../../modules/functions/permissions.json")).namespaces)
    error_message = "each namespace has its own function and its own role"
  }

  assert {
    condition     = alltrue([for function in aws_lambda_function.this : function.publish && function.tracing_config[0].mode == "Active" && length(function.vpc_config) == 1 && length(function.layers) == 1])
    error_message = "functions are versioned, traced, inside the VPC, and share the layer"
  }

  assert {
    condition     = aws_lambda_function.this["messages"].reserved_concurrent_executions == 10 && aws_lambda_provisioned_concurrency_config.this["messages"].qualifier == "live"
    error_message = "concurrency is reserved, and kept warm behind the alias"
  }

  assert {
    condition     = alltrue([for policy in aws_iam_role_policy.this : !strcontains(policy.policy, "rsa_key")])
    error_message = "no function reads the RSA key"
  }

  assert {
    condition     = strcontains(aws_iam_role_policy.this["messages"].policy, "s3:PutObject") && !strcontains(aws_iam_role_policy.this["updates"].policy, "s3:") && !strcontains(aws_iam_role_policy.this["upload"].policy, "s3:PutObject")
    error_message = "blobs are open to those who use them, as they use them"
  }

  assert {
    condition     = strcontains(aws_iam_role_policy.this["sync"].policy, "kafka:DescribeClusterV2") && !strcontains(aws_iam_role_policy.this["messages"].policy, "kafka:")
    error_message = "only the consumer sees the cluster"
  }

  assert {
    condition     = aws_lambda_function.this["help"].environment[0].variables["CIRRUSGRAM_BUS_URL"] == "kafkas://broker:9096/" && endswith(aws_lambda_function.this["messages"].environment[0].variables["CIRRUSGRAM_BUS_URL"], ":password@broker:9096/")
    error_message = "only who produces knows the bus's user"
  }

  assert {
    condition = alltrue([
      for name, role in aws_iam_role_policy.this :
      alltrue([for id in ["secret:bus", "secret:master_key", "secret:smtp-??????"] : strcontains(role.policy, id) == strcontains(jsonencode(aws_lambda_function.this[name].environment[0].variables), trimsuffix(trimprefix(id, "secret:"), "-??????"))])
      if name != "sync"
    ])
    error_message = "a role reads the secrets that its function's settings refer to, and no others"
  }

  assert {
    condition     = strcontains(aws_iam_role_policy.this["auth"].policy, "secret:smtp-??????") && !strcontains(aws_iam_role_policy.this["messages"].policy, "smtp") && !strcontains(aws_iam_role_policy.this["help"].policy, "secret:bus")
    error_message = "a secret of an extra setting is granted by its name, to who uses the setting"
  }

  assert {
    condition     = toset([for name, role in aws_iam_role_policy.this : name if strcontains(role.policy, "sns:Publish")]) == toset(["account", "auth"]) && alltrue([for role in aws_iam_role_policy.this : !strcontains(role.policy, "ses:")])
    error_message = "text messages are sent by who sends codes, and nobody sends mail by SES when no setting says so"
  }

  assert {
    condition     = anytrue([for statement in jsondecode(aws_iam_role_policy.this["auth"].policy).Statement : statement.Effect == "Deny" && contains(statement.Action, "sns:Publish")]) && strcontains(aws_iam_role_policy.this["auth"].policy, "\"aws:RequestedRegion\":\"eu-west-1\"")
    error_message = "codes go to telephones, in the setting's region, and to no topic"
  }

  assert {
    condition     = length(aws_lambda_event_source_mapping.bus) == 1 && length(aws_lambda_event_source_mapping.bus["sync-boxes"].destination_config) == 1 && contains(aws_lambda_event_source_mapping.bus["sync-boxes"].function_response_types, "ReportBatchItemFailures")
    error_message = "the consumer reports which records failed, and what it gives up goes to the queue"
  }
}

run "functions_that_send_by_ses" {
  command = plan

  module {
    source = "../../modules/functions"
  }

  variables {
    artifacts_bucket = "artifacts"
    settings = {
      CIRRUSGRAM_BUS_URL    = "kafkas://broker:9096/"
      CIRRUSGRAM_LOGIN_CODE = "log"
      CIRRUSGRAM_MAIL       = "ses:?from=codes%40example.org"
    }
    manifest = {
      handler      = "functions.aws.handler"
      runtime      = "python3.12"
      architecture = "arm64"
      packages = concat(
        [for name in keys(jsondecode(file("../../modules/functions/permissions.json")).namespaces) : { name = name, kind = "function", namespace = name, sha256 = sha256(name) }],
        [{ name = "layer-code", kind = "layer", sha256 = sha256("code") }],
      )
    }
  }

  assert {
    condition     = toset([for name, ways in local.ways : name if anytrue([for way in ways : contains(way.actions, "ses:SendEmail")])]) == toset(["account", "auth"]) && alltrue([for ways in values(local.ways) : alltrue([for way in ways : !contains(way.actions, "sns:Publish")])])
    error_message = "mail is sent by who sends mail, and text messages by nobody when no setting says so"
  }

  assert {
    condition     = alltrue([for way in local.ways["auth"] : way.from == "codes@example.org" if way.way == "ses"])
    error_message = "mail leaves in the name of the setting's address"
  }
}

run "secrets" {
  command = plan

  module {
    source = "../../modules/secrets"
  }

  assert {
    condition     = alltrue([for key in [aws_kms_key.data, aws_kms_key.secrets, aws_kms_key.logs] : key.enable_key_rotation])
    error_message = "keys rotate"
  }

  assert {
    condition     = startswith(aws_secretsmanager_secret.this["bus"].name, "AmazonMSK_")
    error_message = "MSK takes no secret of another name"
  }
}

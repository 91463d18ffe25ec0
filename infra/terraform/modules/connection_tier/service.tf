# Nodes on Fargate. A deploy starts new nodes, then takes the old ones out of the target groups; these keep their
# clients for `drain_s`, get SIGTERM, and have two minutes to tell the rest to come again.

data "aws_region" "current" {}
data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  settings = merge(var.settings, {
    CIRRUSGRAM_DATA            = "/data"
    CIRRUSGRAM_RSA_KEY         = "/keys/mtproto.pem"
    CIRRUSGRAM_TCP             = "0.0.0.0:${local.tcp_port}"
    CIRRUSGRAM_HTTP            = "0.0.0.0:${local.http_port}"
    CIRRUSGRAM_ADVERTISE       = join(",", [for address in aws_eip.clients[*].public_ip : "${address}:${var.client_ports[0]}"])
    CIRRUSGRAM_DC_ID           = tostring(var.dc_id)
    CIRRUSGRAM_ROUTES          = var.routes
    CIRRUSGRAM_CONSUMERS       = "none"
    CIRRUSGRAM_LAMBDA_PREFIX   = var.name
    CIRRUSGRAM_LAMBDA_ALIAS    = var.lambda_alias
    CIRRUSGRAM_MAX_CONNECTIONS = tostring(var.max_connections)
    CIRRUSGRAM_WEB_ORIGINS     = var.web_origins
    AWS_REGION                 = data.aws_region.current.region
  })

  log_configuration = {
    logDriver = "awslogs"
    options = {
      "awslogs-group"         = aws_cloudwatch_log_group.nodes.name
      "awslogs-region"        = data.aws_region.current.region
      "awslogs-stream-prefix" = "node"
      # A stalled log must not stall the node.
      mode            = "non-blocking"
      max-buffer-size = "25m"
    }
  }

  containers = [
    {
      # The private key goes from its secret to a file in the task's own storage and is in no node's environment.
      name                   = "rsa-key"
      image                  = var.image
      essential              = false
      readonlyRootFilesystem = true
      entryPoint             = ["python", "-c"]
      command                = ["import os; os.umask(0o277); open('/keys/mtproto.pem', 'x').write(os.environ['RSA_KEY'])"]
      secrets                = [{ name = "RSA_KEY", valueFrom = var.secret_arns["rsa_key"] }]
      mountPoints            = [{ sourceVolume = "keys", containerPath = "/keys", readOnly = false }]
      logConfiguration       = local.log_configuration
    },
    {
      name                   = "node"
      image                  = var.image
      essential              = true
      readonlyRootFilesystem = true
      command                = ["serve"]
      environment            = [for name in sort(keys(local.settings)) : { name = name, value = local.settings[name] }]
      stopTimeout            = 120
      portMappings = [
        { containerPort = local.tcp_port, protocol = "tcp" },
        { containerPort = local.http_port, protocol = "tcp" },
      ]
      mountPoints = [
        { sourceVolume = "keys", containerPath = "/keys", readOnly = true },
        { sourceVolume = "data", containerPath = "/data", readOnly = false },
      ]
      dependsOn       = [{ containerName = "rsa-key", condition = "SUCCESS" }]
      linuxParameters = { initProcessEnabled = true }
      ulimits         = [{ name = "nofile", softLimit = 65535, hardLimit = 65535 }]
      healthCheck = {
        command     = ["CMD", "python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:${local.http_port}/healthz', timeout=3)"]
        interval    = 15
        timeout     = 5
        retries     = 3
        startPeriod = 60
      }
      logConfiguration = local.log_configuration
    },
  ]
}

resource "aws_cloudwatch_log_group" "nodes" {
  name              = "/${var.name}/nodes"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_kms_key_arn
}

resource "aws_security_group" "nodes" {
  name_prefix = "${var.name}-nodes-"
  description = "Nodes of the connection tier"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-nodes" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "nodes" {
  security_group_id            = aws_security_group.nodes.id
  description                  = "MTProto, WebSocket and health checks from the load balancers"
  referenced_security_group_id = aws_security_group.load_balancer.id
  ip_protocol                  = "tcp"
  from_port                    = local.tcp_port
  to_port                      = local.http_port
}

resource "aws_vpc_security_group_egress_rule" "storage" {
  for_each = { database = 3306, cache = 6379, bus = 9096 }

  security_group_id = aws_security_group.nodes.id
  description       = "To the ${each.key}"
  cidr_ipv4         = var.vpc_cidr
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}

resource "aws_vpc_security_group_egress_rule" "internet" {
  for_each = toset([for port in var.egress_ports : tostring(port)])

  security_group_id = aws_security_group.nodes.id
  description       = "APIs of AWS and what the settings name outside, port ${each.value}"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = tonumber(each.value)
  to_port           = tonumber(each.value)
}

resource "aws_ecs_task_definition" "nodes" {
  family                   = "${var.name}-node"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory_mib
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode(local.containers)

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  # On the task's own disk, which Fargate encrypts and wipes.
  volume {
    name = "keys"
  }

  volume {
    name = "data"
  }
}

# Holds the migration's mark: the service below waits for it.
resource "terraform_data" "schema" {
  input = var.schema_ready
}

resource "aws_ecs_service" "nodes" {
  # checkov:skip=CKV_AWS_332:the default platform version is LATEST, and only it gets security updates
  name                               = "${var.name}-nodes"
  cluster                            = aws_ecs_cluster.this.arn
  task_definition                    = aws_ecs_task_definition.nodes.arn
  launch_type                        = "FARGATE"
  platform_version                   = "LATEST"
  desired_count                      = var.nodes_min
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = 90
  availability_zone_rebalancing      = "ENABLED"
  enable_execute_command             = false
  propagate_tags                     = "SERVICE"
  wait_for_steady_state              = true

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.private_subnet_ids
    security_groups  = [aws_security_group.nodes.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.tcp.arn
    container_name   = "node"
    container_port   = local.tcp_port
  }

  dynamic "load_balancer" {
    for_each = aws_lb_target_group.web

    content {
      target_group_arn = load_balancer.value.arn
      container_name   = "node"
      container_port   = local.http_port
    }
  }

  timeouts {
    # Old nodes drain before the service is steady again.
    create = "20m"
    update = "${ceil(var.drain_s / 60) + 30}m"
  }

  lifecycle {
    ignore_changes = [desired_count] # autoscaling's
  }

  depends_on = [
    aws_iam_role_policy.execution,
    aws_iam_role_policy.task,
    aws_lb_listener.tcp,
    aws_lb_listener.web,
    aws_vpc_security_group_egress_rule.storage,
    aws_vpc_security_group_egress_rule.internet,
    terraform_data.schema,
  ]
}

# The schema comes before the code that needs it: a one-off task with the new image runs `cirrusgram migrate`, and
# whatever serves with that image waits for it (output `done`). Nodes of the last release keep running meanwhile:
# every revision suits both.

data "aws_region" "current" {}

locals {
  settings = [for name in sort(keys(var.settings)) : { name = name, value = var.settings[name] }]

  log_configuration = {
    logDriver = "awslogs"
    options = {
      "awslogs-group"         = aws_cloudwatch_log_group.this.name
      "awslogs-region"        = data.aws_region.current.region
      "awslogs-stream-prefix" = "migrate"
    }
  }

  containers = [
    {
      # The user of nodes and functions, with the password of its secret and no right to anything but its database.
      name                   = "database-user"
      image                  = var.image
      essential              = false
      readonlyRootFilesystem = true
      entryPoint             = ["python", "-c"]
      command                = [file("${path.module}/database_user.py")]
      environment = [
        { name = "DATABASE_HOST", value = var.database_endpoint },
        { name = "DATABASE_NAME", value = var.database_name },
      ]
      secrets = [
        { name = "ADMINISTRATOR", valueFrom = var.administrator_secret_arn },
        { name = "APPLICATION", valueFrom = var.secret_arns["database"] },
      ]
      logConfiguration = local.log_configuration
    },
    {
      name                   = "migrate"
      image                  = var.image
      essential              = true
      readonlyRootFilesystem = true
      command                = ["migrate"]
      environment = concat(
        [
          { name = "CIRRUSGRAM_DATA", value = "/data" },
          { name = "AWS_REGION", value = data.aws_region.current.region },
        ],
        local.settings,
      )
      mountPoints      = [{ sourceVolume = "data", containerPath = "/data", readOnly = false }]
      dependsOn        = [{ containerName = "database-user", condition = "SUCCESS" }]
      logConfiguration = local.log_configuration
    },
  ]
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/${var.name}/migrations"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_kms_key_arn
}

resource "aws_security_group" "this" {
  # checkov:skip=CKV2_AWS_5:run_task.sh starts the one-off task with it
  name_prefix = "${var.name}-migrations-"
  description = "One-off tasks that migrate the schema"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-migrations" }

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

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.this.id
  description       = "APIs of AWS, by their endpoints or through NAT"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_ecs_task_definition" "this" {
  family                   = "${var.name}-migrate"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode(local.containers)

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  volume {
    name = "data"
  }
}

resource "terraform_data" "run" {
  count = var.run ? 1 : 0

  triggers_replace = [aws_ecs_task_definition.this.arn]

  provisioner "local-exec" {
    command = "sh ${path.module}/run_task.sh"

    environment = {
      AWS_REGION      = data.aws_region.current.region
      CLUSTER         = var.cluster_arn
      TASK_DEFINITION = aws_ecs_task_definition.this.arn
      SUBNETS         = join(",", var.private_subnet_ids)
      SECURITY_GROUP  = aws_security_group.this.id
    }
  }

  depends_on = [
    aws_iam_role_policy.execution,
    aws_iam_role_policy.task,
    aws_vpc_security_group_egress_rule.storage,
    aws_vpc_security_group_egress_rule.https,
  ]
}

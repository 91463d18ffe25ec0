# Least privilege, from permissions.json: each statement is there for those namespaces whose code uses it.

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.region

  # Actions on blobs by what the code does with them (layers/blobs/port.py), bucket and objects apart.
  blob_actions = {
    for name, uses in local.namespaces :
    name => distinct(flatten([for operation in uses.blobs : local.permissions.operations[operation]]))
  }
  object_actions = { for name, actions in local.blob_actions : name => [for action in actions : action if action != "s3:ListBucket"] }

  # The event source mapping reads the bus's secret with the consumer's role.
  secrets_of = {
    for name, uses in local.namespaces : name => distinct(concat(module.secret_references[name].arns, length(uses.topics) > 0 ? [var.secret_arns["bus"]] : []))
  }

  # How login codes and mail leave, as the settings say (layers/codes, layers/domain/mail.py).
  sending = {
    for setting, value in {
      login_code = lookup(var.settings, "CIRRUSGRAM_LOGIN_CODE", "log")
      mail       = lookup(var.settings, "CIRRUSGRAM_MAIL", "log")
      } : setting => {
      way    = split(":", value)[0]
      region = try(regex("[?&]region=([^&]+)", value)[0], local.region)
      from   = replace(try(regex("[?&]from=([^&]+)", value)[0], ""), "%40", "@")
    }
  }
  ways = {
    for name, uses in local.namespaces : name => [
      for setting in uses.sends : merge(local.sending[setting], {
        sid     = replace(title(replace(setting, "_", " ")), " ", "")
        actions = lookup(local.permissions.ways[setting], local.sending[setting].way, [])
      })
    ]
  }

  statements = {
    for name, uses in local.namespaces : name => concat(
      [
        {
          Sid       = "Logs"
          Effect    = "Allow"
          Action    = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource  = ["${aws_cloudwatch_log_group.this[name].arn}:*"]
          Condition = {}
        },
        {
          Sid       = "Traces"
          Effect    = "Allow"
          Action    = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
          Resource  = ["*"]
          Condition = {}
        },
        {
          Sid    = "NetworkInterfaces"
          Effect = "Allow"
          Action = [
            "ec2:AssignPrivateIpAddresses",
            "ec2:CreateNetworkInterface",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:UnassignPrivateIpAddresses",
          ]
          Resource  = ["*"]
          Condition = {}
        },
        {
          # Lambda itself makes the interfaces; the code that runs in it may not.
          Sid       = "NetworkInterfacesAreNotForCode"
          Effect    = "Deny"
          Action    = ["ec2:*"]
          Resource  = ["*"]
          Condition = { ArnEquals = { "lambda:SourceFunctionArn" = "arn:${local.partition}:lambda:${local.region}:${local.account}:function:${var.name}-${name}" } }
        },
        {
          Sid       = "Secrets"
          Effect    = "Allow"
          Action    = ["secretsmanager:GetSecretValue"]
          Resource  = local.secrets_of[name]
          Condition = {}
        },
        {
          Sid       = "SecretsKey"
          Effect    = "Allow"
          Action    = ["kms:Decrypt"]
          Resource  = [var.secrets_kms_key_arn]
          Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${local.region}.amazonaws.com" } }
        },
      ],
      [for actions in [local.object_actions[name]] : {
        Sid       = "Blobs"
        Effect    = "Allow"
        Action    = sort(actions)
        Resource  = [for prefix in local.permissions.prefixes : "${var.blobs_bucket_arn}/${prefix}/*"]
        Condition = {}
      } if length(actions) > 0],
      [for actions in [local.blob_actions[name]] : {
        Sid       = "BlobsList"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [var.blobs_bucket_arn]
        Condition = {} # with a prefix in it, S3 would not say 404 either
      } if contains(actions, "s3:ListBucket")],
      [for actions in [local.object_actions[name]] : {
        Sid       = "BlobsKey"
        Effect    = "Allow"
        Action    = contains(actions, "s3:PutObject") ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"]
        Resource  = [var.data_kms_key_arn]
        Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
      } if contains(actions, "s3:GetObject") || contains(actions, "s3:PutObject")],
      [for way in local.ways[name] : {
        Sid       = "Send${way.sid}"
        Effect    = "Allow"
        Action    = way.actions
        Resource  = ["*"] # a telephone number has no ARN
        Condition = { StringEquals = { "aws:RequestedRegion" = way.region } }
      } if contains(way.actions, "sns:Publish")],
      [for way in local.ways[name] : {
        Sid       = "Send${way.sid}NotToTopics"
        Effect    = "Deny"
        Action    = way.actions
        Resource  = ["arn:${local.partition}:sns:*:*:*"]
        Condition = {}
      } if contains(way.actions, "sns:Publish")],
      [for way in local.ways[name] : {
        Sid    = "Send${way.sid}ByMail"
        Effect = "Allow"
        Action = way.actions
        Resource = [
          "arn:${local.partition}:ses:${way.region}:${local.account}:configuration-set/*",
          "arn:${local.partition}:ses:${way.region}:${local.account}:identity/*",
        ]
        Condition = { StringEquals = { "ses:FromAddress" = way.from } }
      } if contains(way.actions, "ses:SendEmail")],
      [for topics in [uses.topics] : {
        Sid       = "Bus"
        Effect    = "Allow"
        Action    = ["kafka:DescribeCluster", "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"]
        Resource  = [var.bus_arn]
        Condition = {}
      } if length(topics) > 0],
      [for topics in [uses.topics] : {
        Sid       = "BusNetwork"
        Effect    = "Allow"
        Action    = ["ec2:DescribeSecurityGroups", "ec2:DescribeVpcs"]
        Resource  = ["*"]
        Condition = {}
      } if length(topics) > 0],
      [for topics in [uses.topics] : {
        Sid       = "Failures"
        Effect    = "Allow"
        Action    = ["sqs:SendMessage"]
        Resource  = [aws_sqs_queue.failures[name].arn]
        Condition = {}
      } if length(topics) > 0],
      [for topics in [uses.topics] : {
        Sid       = "FailuresKey"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = [var.data_kms_key_arn]
        Condition = { StringEquals = { "kms:ViaService" = "sqs.${local.region}.amazonaws.com" } }
      } if length(topics) > 0],
    )
  }
}

resource "aws_iam_role" "this" {
  for_each = local.namespaces

  name                 = "${var.name}-function-${each.key}"
  permissions_boundary = var.permissions_boundary_arn
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  # checkov:skip=CKV_AWS_355:X-Ray and telephone numbers know no resources, and Lambda's network interfaces have no names beforehand
  # checkov:skip=CKV_AWS_290:X-Ray, telephone numbers and Lambda as said; the code itself is denied what Lambda needs for its interfaces
  # checkov:skip=CKV_AWS_289:for the same reason as the first one here
  for_each = local.namespaces

  name = "functions-${each.key}"
  role = aws_iam_role.this[each.key].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for statement in local.statements[each.key] : { for key, value in statement : key => value if key != "Condition" || length(value) > 0 }]
  })
}

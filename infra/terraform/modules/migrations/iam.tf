locals {
  assume = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

data "aws_caller_identity" "current" {}

# What Fargate does before the containers start: pull, log, fetch the two users' passwords.
resource "aws_iam_role" "execution" {
  name                 = "${var.name}-migrate-execution"
  permissions_boundary = var.permissions_boundary_arn
  assume_role_policy   = local.assume
}

resource "aws_iam_role_policy" "execution" {
  # checkov:skip=CKV_AWS_355:ecr:GetAuthorizationToken knows no resources
  name = "start-migrations"
  role = aws_iam_role.execution.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = var.repository_arn
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.this.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = [var.administrator_secret_arn, var.secret_arns["database"]]
      },
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = var.secrets_kms_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${data.aws_region.current.region}.amazonaws.com" } }
      },
    ]
  })
}

module "secret_references" {
  source = "../secret_references"

  settings = var.settings
}

# What `cirrusgram migrate` does: it resolves its settings and looks whether the bucket is there.
resource "aws_iam_role" "task" {
  name                 = "${var.name}-migrate"
  permissions_boundary = var.permissions_boundary_arn
  assume_role_policy   = local.assume
}

resource "aws_iam_role_policy" "task" {
  name = "migrate"
  role = aws_iam_role.task.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = module.secret_references.arns
      },
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = var.secrets_kms_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${data.aws_region.current.region}.amazonaws.com" } }
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = var.blobs_bucket_arn
      },
    ]
  })
}

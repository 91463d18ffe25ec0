# Three roles: `publish` stores images and zips of a commit, `plan` reads, `deploy` applies. Whoever deploys makes roles
# for others, so that each of these must carry the boundary: no role made here can do what the boundary does not allow.

resource "aws_iam_openid_connect_provider" "this" {
  count = var.create_oidc_provider ? 1 : 0

  url            = var.oidc_issuer_url
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  provider_arn = "arn:${local.partition}:iam::${local.account}:oidc-provider/${local.issuer}"
  role_arns    = "arn:${local.partition}:iam::${local.account}:role/${var.name}-*"

  # The repository and what of it: a branch, an environment with its reviewers, or pull requests.
  subjects = {
    publish = [for ref in var.publish_refs : "repo:${var.repository}:ref:${ref}"]
    plan    = ["repo:${var.repository}:pull_request", "repo:${var.repository}:environment:${var.environment}"]
    deploy  = ["repo:${var.repository}:environment:${var.environment}"]
  }
}

resource "aws_iam_policy" "boundary" {
  # checkov:skip=CKV_AWS_289:a boundary grants nothing; it is the most that the roles of this deployment can be granted
  # checkov:skip=CKV_AWS_290:for the same reason as the first one here
  # checkov:skip=CKV_AWS_287:for the same reason as the first one here
  # checkov:skip=CKV_AWS_288:for the same reason as the first one here
  # checkov:skip=CKV_AWS_355:for the same reason as the first one here
  # checkov:skip=CKV_AWS_286:for the same reason as the first one here
  name        = "${var.name}-boundary"
  description = "The most that roles of ${var.name} can do"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "WhatServicesOfThisDeploymentUse"
        Effect = "Allow"
        Action = [
          "ec2:AssignPrivateIpAddresses",
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:Describe*",
          "ec2:UnassignPrivateIpAddresses",
          "ecr:BatchGetImage",
          "ecr:GetAuthorizationToken",
          "ecr:GetDownloadUrlForLayer",
          "kafka:DescribeCluster",
          "kafka:DescribeClusterV2",
          "kafka:GetBootstrapBrokers",
          "kms:Decrypt",
          "kms:GenerateDataKey",
          "lambda:InvokeFunction",
          "logs:*",
          "secretsmanager:GetSecretValue",
          "sqs:SendMessage",
          "xray:Put*",
        ]
        Resource  = "*"
        Condition = { StringEquals = { "aws:RequestedRegion" = local.region } }
      },
      {
        # Not everywhere can text messages and mail be sent: their region may be another.
        Sid      = "LoginCodesAndMail"
        Effect   = "Allow"
        Action   = ["ses:SendEmail", "sns:Publish"]
        Resource = "*"
      },
      {
        Sid      = "ObjectsOfThisDeployment"
        Effect   = "Allow"
        Action   = ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]
        Resource = ["arn:${local.partition}:s3:::${var.name}-*"]
      },
    ]
  })
}

resource "aws_iam_role" "ci" {
  for_each = local.subjects

  name                 = "${var.name}-ci-${each.key}"
  description          = "CI of ${var.repository}: ${each.key}"
  max_session_duration = 7200
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.provider_arn }
      Condition = {
        StringEquals = { "${local.issuer}:aud" = "sts.amazonaws.com" }
        StringLike   = { "${local.issuer}:sub" = each.value }
      }
    }]
  })

  depends_on = [aws_iam_openid_connect_provider.this]
}

resource "aws_iam_role_policy" "publish" {
  # checkov:skip=CKV_AWS_355:ecr:GetAuthorizationToken knows no resources
  name = "publish"
  role = aws_iam_role.ci["publish"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:CompleteLayerUpload",
          "ecr:DescribeImages",
          "ecr:GetDownloadUrlForLayer",
          "ecr:InitiateLayerUpload",
          "ecr:PutImage",
          "ecr:UploadLayerPart",
        ]
        Resource = aws_ecr_repository.this.arn
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"]
        Resource = "${aws_s3_bucket.artifacts.arn}/lambda/*"
      },
      {
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = var.data_kms_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "plan" {
  role       = aws_iam_role.ci["plan"].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/ReadOnlyAccess"
}

# To plan is to lock and read the state; it is not to read what users wrote or how they are protected.
resource "aws_iam_role_policy" "plan" {
  name = "state-but-no-content"
  role = aws_iam_role.ci["plan"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        Resource = "arn:${local.partition}:s3:::${var.state_bucket}/${var.name}/*.tflock"
      },
      {
        Sid         = "NoContent"
        Effect      = "Deny"
        Action      = ["secretsmanager:GetSecretValue", "s3:GetObject*"]
        NotResource = ["arn:${local.partition}:s3:::${var.state_bucket}/*"]
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "deploy" {
  role       = aws_iam_role.ci["deploy"].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/PowerUserAccess"
}

resource "aws_iam_role_policy" "deploy" {
  # checkov:skip=CKV_AWS_286:roles can be made and given policies only with the boundary, which allows no IAM
  # checkov:skip=CKV_AWS_289:for the same reason as the first one here
  name = "roles-within-the-boundary"
  role = aws_iam_role.ci["deploy"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "RolesWithBoundary"
        Effect    = "Allow"
        Action    = ["iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]
        Resource  = local.role_arns
        Condition = { StringEquals = { "iam:PermissionsBoundary" = aws_iam_policy.boundary.arn } }
      },
      {
        Sid      = "RolesOtherwise"
        Effect   = "Allow"
        Action   = ["iam:DeleteRole", "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole", "iam:ListRolePolicies", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole"]
        Resource = local.role_arns
      },
      {
        Sid       = "HandRolesToServices"
        Effect    = "Allow"
        Action    = "iam:PassRole"
        Resource  = local.role_arns
        Condition = { StringEquals = { "iam:PassedToService" = ["ecs-tasks.amazonaws.com", "lambda.amazonaws.com", "monitoring.rds.amazonaws.com", "rds.amazonaws.com", "vpc-flow-logs.amazonaws.com"] } }
      },
      {
        Sid      = "Read"
        Effect   = "Allow"
        Action   = ["iam:GetOpenIDConnectProvider", "iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions"]
        Resource = [local.provider_arn, aws_iam_policy.boundary.arn]
      },
      {
        # These decide what this role itself may do: a person changes them, with the first apply's credentials.
        Sid      = "NotItsOwnReach"
        Effect   = "Deny"
        Action   = ["iam:AttachRolePolicy", "iam:DeleteRolePermissionsBoundary", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"]
        Resource = "arn:${local.partition}:iam::${local.account}:role/${var.name}-ci-*"
      },
      {
        Sid      = "TheRsaKeyIsForNodes"
        Effect   = "Deny"
        Action   = "secretsmanager:GetSecretValue"
        Resource = var.withheld_secret_arns
      },
    ]
  })
}

# Nothing is made here: settings are read for what they refer to, as layers/secret_references.py will read them, so that
# a role may fetch the secrets of its own settings and no others.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  ids = distinct(flatten([
    for value in values(var.settings) : regexall("\\{\\{resolve:secretsmanager:([^{}]+?):SecretString", value)
  ]))
  prefix = "arn:${data.aws_partition.current.partition}:secretsmanager:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:secret"
}

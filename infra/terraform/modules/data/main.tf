data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  # The notation of layers/secret_references.py.
  reference = {
    for purpose in ["database", "cache", "bus"] : purpose => {
      for key in ["username", "password"] :
      key => "{{resolve:secretsmanager:${var.secret_arns[purpose]}:SecretString:${key}}}"
    }
  }
}

terraform {
  required_version = ">= 1.11, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.69"
    }
  }

  # The rest is the operator's: terraform init -backend-config=backend.hcl (see backend.hcl.example).
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}

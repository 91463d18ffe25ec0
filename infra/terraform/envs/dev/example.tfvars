# An example that a plan accepts. Real values: the digest that docker push printed, the manifest of cirrusgram package,
# and cache_password from the environment (TF_VAR_cache_password), never from a file.
image_digest  = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
manifest_file = "../../tests/manifest.json"
repository    = "example/cirrusgram"
state_bucket  = "example-terraform-state"
alarm_emails  = ["operator@example.org"]
